using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace UonOfferum.Bench.Floor;

/// <summary>Receives as host.json says: 16 at a time, the next when 8 are left, pauses from 100 ms to a limit while the queue is empty.</summary>
internal sealed class FloorPump(QueueClient queue, Func<QueueMessage, CancellationToken, Task> work)
{
    private const int BatchSize = 16;
    private const int NewBatchThreshold = 8;
    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var working = new List<Task>();
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            var batch = await queue.ReceiveMessagesAsync(BatchSize, Lock, cancellationToken);
            working.AddRange(batch.Value.Select(message => ProcessAsync(message, cancellationToken)));
            if (batch.Value.Length == 0)
            {
                await Task.Delay(pause, TimeProvider.System, cancellationToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                continue;
            }

            pause = FirstPause;
            working.RemoveAll(task => task.IsCompleted);
            while (working.Count > NewBatchThreshold)
            {
                await Task.WhenAny(working);
                working.RemoveAll(task => task.IsCompleted);
            }
        }
    }

    private async Task ProcessAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        await work(message, cancellationToken);
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
    }
}
