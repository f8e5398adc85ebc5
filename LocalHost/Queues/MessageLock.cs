using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace UonOfferum.LocalHost.Queues;

/// <summary>Keeps a message hidden while its function runs, renewed at half-time. Each renewal gives a new pop receipt.</summary>
internal sealed partial class MessageLock : IAsyncDisposable
{
    private readonly QueueClient _queue;
    private readonly QueueMessage _message;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _renewing;

    public MessageLock(QueueClient queue, QueueMessage message, TimeSpan duration, TimeProvider time, ILogger logger)
    {
        (_queue, _message, _duration, _time, _logger) = (queue, message, duration, time, logger);
        PopReceipt = message.PopReceipt;
        _renewing = RenewAsync();
    }

    /// <summary>The latest; to be read after disposal.</summary>
    public string PopReceipt { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _renewing;
        _done.Dispose();
    }

    private async Task RenewAsync()
    {
        // A renewal under way is waited for, never cancelled: its answer holds the receipt that the delete needs.
        var pause = _duration / 2;
        while (await PausedAsync(pause))
        {
            try
            {
                var receipt = await _queue.UpdateMessageAsync(
                    _message.MessageId, PopReceipt, visibilityTimeout: _duration, cancellationToken: CancellationToken.None);
                PopReceipt = receipt.Value.PopReceipt;
                pause = _duration / 2;
            }
            catch (RequestFailedException exception) when (exception.IsMessageLost())
            {
                Log.LockLost(_logger, _message.MessageId, _queue.Name);
                return;
            }
#pragma warning disable CA1031 // The lock still runs; the next try may succeed before it is over.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.NotRenewed(_logger, _message.MessageId, _queue.Name, exception.GetType().Name);
                pause = _duration / 8;
            }
        }
    }

    private async Task<bool> PausedAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, _time, _done.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Warning, "Message {MessageId} of {Queue} was taken by someone else while its function runs; it may run twice.")]
        public static partial void LockLost(ILogger logger, string messageId, string queue);

        [LoggerMessage(21, LogLevel.Warning, "The lock of message {MessageId} of {Queue} could not be renewed ({Reason}); trying again.")]
        public static partial void NotRenewed(ILogger logger, string messageId, string queue, string reason);
    }
}
