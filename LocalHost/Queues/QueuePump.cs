using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Settings;

namespace UonOfferum.LocalHost.Queues;

/// <summary>
/// Receives one queue's messages as the Functions host does: a batch at a time, the next one as soon as few enough are being
/// worked on, with growing pauses while the queue is empty.
/// </summary>
internal sealed partial class QueuePump(QueueClient queue, MessageProcessor processor, QueueSettings settings, TimeProvider time, ILogger logger)
{
    private readonly List<Task> _working = [];
    private bool _created;
    private bool _troubled;

    public string QueueName => queue.Name;

    /// <summary>Makes the queue before anything can be sent to it; trouble is met again, and told, by the loop.</summary>
    public async Task CreateQueueAsync(CancellationToken cancellationToken)
    {
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        _created = true;
    }

    /// <summary>Runs until told to stop, and then until the last message taken is done.</summary>
    /// <param name="stopping">Take no more.</param>
    /// <param name="abandoning">The time to finish is over.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abandoning)
    {
        var delay = new PollingDelay(settings.MaxPollingInterval, Random.Shared);
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var batch = await ReceiveAsync(abandoning);
                _working.AddRange(batch.Select(message => processor.ProcessAsync(message, abandoning)));
                if (batch.Length == 0)
                {
                    await Task.Delay(delay.Next(), time, stopping);
                    continue;
                }

                delay.Reset();
                await WaitForRoomAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The way out of a pause.
        }

        await Task.WhenAll(_working);
    }

    private async Task WaitForRoomAsync(CancellationToken stopping)
    {
        _working.RemoveAll(task => task.IsCompleted);
        while (_working.Count > settings.NewBatchThreshold)
        {
            await Task.WhenAny(_working).WaitAsync(stopping);
            _working.RemoveAll(task => task.IsCompleted);
        }
    }

    /// <summary>Never cancelled by a stop: messages whose receipt is lost would stay hidden for the whole lock.</summary>
    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken abandoning)
    {
        try
        {
            if (!_created)
            {
                await CreateQueueAsync(abandoning);
            }

            var batch = await queue.ReceiveMessagesAsync(settings.BatchSize, settings.MessageLock, abandoning);
            if (_troubled)
            {
                _troubled = false;
                Log.StorageBack(logger, queue.Name);
            }

            return batch.Value;
        }
#pragma warning disable CA1031 // A pump that ends is a queue that nobody reads: whatever it was, it is told once and tried again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _created = false;
            if (!_troubled && !abandoning.IsCancellationRequested)
            {
                _troubled = true;
                Log.StorageTrouble(logger, queue.Name, exception.InnermostMessage());
            }

            return [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Warning, "Queue {Queue} does not answer: {Reason} Trying until it does.")]
        public static partial void StorageTrouble(ILogger logger, string queue, string reason);

        [LoggerMessage(11, LogLevel.Information, "Queue {Queue} answers again.")]
        public static partial void StorageBack(ILogger logger, string queue);
    }
}
