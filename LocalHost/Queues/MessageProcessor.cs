using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Settings;

namespace UonOfferum.LocalHost.Queues;

/// <summary>
/// One message's way through the host: decode, call, then delete, hide for another try, or move to the poison queue.
/// </summary>
internal sealed partial class MessageProcessor(
    string function, FunctionRunner runner, QueueClient queue, QueueClient? poison, QueueSettings settings,
    IServiceScopeFactory scopes, TimeProvider time, ILogger logger)
{
    /// <summary>Never throws: the loop that started it has nobody to tell.</summary>
    public async Task ProcessAsync(QueueMessage raw, CancellationToken abandoning)
    {
        try
        {
            // The one place where this host is kinder than the platform, which leaves such a body in a poison queue, hidden and unseen: here
            // the failure function gets it as it is, and can keep it where people look.
            if ((MessageBody.Decode(raw, settings.Base64) ?? (poison is null ? raw : null)) is not { } message)
            {
                Log.NotBase64(logger, raw.MessageId, queue.Name, poison!.Name);
                await MoveToPoisonAsync(raw, raw.PopReceipt);
            }
            else if (raw.DequeueCount > settings.MaxDequeueCount)
            {
                await MoveToPoisonAsync(raw, raw.PopReceipt);
            }
            else
            {
                await CallAsync(raw, message, abandoning);
            }
        }
#pragma warning disable CA1031 // The message is still in the queue and comes again when its lock runs out.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotCompleted(logger, raw.MessageId, queue.Name, exception.InnermostMessage());
        }
    }

    private async Task CallAsync(QueueMessage raw, QueueMessage message, CancellationToken abandoning)
    {
        var held = new MessageLock(queue, raw, settings.MessageLock, time, logger);
        bool succeeded;
        await using (held)
        {
            succeeded = await SucceedsAsync(message, abandoning);
        }

        if (succeeded)
        {
            await IfOursAsync(() => queue.DeleteMessageAsync(raw.MessageId, held.PopReceipt, CancellationToken.None));
        }
        else if (poison is null)
        {
            // A poison queue has none of its own: left hidden until the lock runs out, or the same failure would come again at once.
        }
        else if (raw.DequeueCount >= settings.MaxDequeueCount)
        {
            await MoveToPoisonAsync(raw, held.PopReceipt);
        }
        else
        {
            await IfOursAsync(() => queue.UpdateMessageAsync(
                raw.MessageId, held.PopReceipt, visibilityTimeout: settings.VisibilityTimeout, cancellationToken: CancellationToken.None));
        }
    }

    private async Task<bool> SucceedsAsync(QueueMessage message, CancellationToken abandoning)
    {
        try
        {
            await runner.RunAsync(scopes, message, abandoning);
            return true;
        }
#pragma warning disable CA1031 // Whatever a function throws is a failed try; this is the one place that knows what follows from it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Failed(logger, function, message.MessageId, queue.Name, message.DequeueCount, settings.MaxDequeueCount, exception);
            return false;
        }
    }

    /// <summary>Two calls, as on the platform: a crash between them leaves the message in both queues.</summary>
    private async Task MoveToPoisonAsync(QueueMessage raw, string popReceipt)
    {
        if (poison is null)
        {
            return;
        }

        await poison.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
        await poison.SendMessageAsync(raw.Body, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: CancellationToken.None);
        Log.Moved(logger, raw.MessageId, queue.Name, poison.Name, raw.DequeueCount);
        await IfOursAsync(() => queue.DeleteMessageAsync(raw.MessageId, popReceipt, CancellationToken.None));
    }

    private async Task IfOursAsync<T>(Func<Task<T>> request)
    {
        try
        {
            await request();
        }
        catch (RequestFailedException exception) when (exception.IsMessageLost())
        {
            Log.NotOurs(logger, queue.Name, exception.ErrorCode);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Function} failed on message {MessageId} of {Queue}, try {Try} of {MaxTries}.")]
        public static partial void Failed(ILogger logger, string function, string messageId, string queue, long @try, int maxTries, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Message {MessageId} of {Queue} went to {PoisonQueue} after {Tries} tries.")]
        public static partial void Moved(ILogger logger, string messageId, string queue, string poisonQueue, long tries);

        [LoggerMessage(3, LogLevel.Warning, "The body of message {MessageId} of {Queue} is not Base64; no function sees it. It goes to {PoisonQueue}.")]
        public static partial void NotBase64(ILogger logger, string messageId, string queue, string poisonQueue);

        [LoggerMessage(4, LogLevel.Warning, "Message {MessageId} of {Queue} was worked on and could not be completed; it will come again. {Reason}")]
        public static partial void NotCompleted(ILogger logger, string messageId, string queue, string reason);

        [LoggerMessage(5, LogLevel.Debug, "A message of {Queue} was no longer ours to complete ({Reason}).")]
        public static partial void NotOurs(ILogger logger, string queue, string? reason);
    }
}
