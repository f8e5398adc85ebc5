using System.Text.Json;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Functions;

namespace UonOfferum.LocalHost.Queues;

/// <summary>Hands a message that a listener received to its function in the worker.</summary>
public sealed partial class QueueDispatcher
{
    private readonly Dictionary<string, QueueFunction> _functions;
    private readonly FunctionCaller _caller;
    private readonly ILogger _logger;

    internal QueueDispatcher(FunctionCatalog functions, FunctionCaller caller, ILogger logger)
    {
        _functions = functions.Queues.ToDictionary(f => f.Name, StringComparer.Ordinal);
        (_caller, _logger) = (caller, logger);
    }

    /// <summary>Called by the type that <see cref="ListenerType"/> makes.</summary>
    public async Task CallAsync(string function, QueueMessage message, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new
        {
            message.MessageId,
            message.PopReceipt,
            message.MessageText,
            message.DequeueCount,
            message.NextVisibleOn,
            message.InsertedOn,
            message.ExpiresOn,
        });
        try
        {
            await _caller.CallAsync(_functions[function], json, cancellationToken);
        }
        catch (Exception exception)
        {
            Log.Failed(_logger, function, message.MessageId, message.DequeueCount, exception);
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Error, "{Function} failed on message {MessageId}, delivery {DequeueCount}.")]
        public static partial void Failed(ILogger logger, string function, string messageId, long dequeueCount, Exception exception);
    }
}
