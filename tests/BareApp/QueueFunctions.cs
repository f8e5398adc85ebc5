using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace UonOfferum.Tests.BareApp;

public sealed partial class QueueFunctions(Callback callback, ILogger<QueueFunctions> logger)
{
    [Function("TakeMessage")]
    public async Task RunAsync([QueueTrigger("%TEST_QUEUE%")] QueueMessage message, CancellationToken cancellationToken)
    {
        Log.Taken(logger, message.MessageId);
        var body = message.Body.ToString();
        await callback.CallAsync(
            "message", new { id = message.MessageId, body, dequeueCount = message.DequeueCount, insertedOn = message.InsertedOn },
            body == "heedless" ? CancellationToken.None : cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The bare app took message {MessageId}.")]
        public static partial void Taken(ILogger logger, string messageId);
    }
}
