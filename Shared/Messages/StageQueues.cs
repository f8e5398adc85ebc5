using System.Collections.Concurrent;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.Messages;

/// <summary>Sends to the stage queues. Returns only when the queue has taken the message.</summary>
public sealed class StageQueues(QueueServiceClient service, TimeProvider time)
{
    // Storage refuses a message hidden for longer than seven days.
    private static readonly TimeSpan LongestHiding = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1);

    // The default life of a message is seven days: a lead must not vanish over a long week-end outage.
    private static readonly TimeSpan NoExpiry = TimeSpan.FromSeconds(-1);

    private readonly ConcurrentDictionary<string, QueueClient> _clients = new(StringComparer.Ordinal);

    public Task SendAsync(string queue, StageMessage message, CancellationToken cancellationToken) =>
        SendAsync(queue, message, visibleAt: null, cancellationToken);

    /// <param name="visibleAt">Hidden until then; null or a past time: visible at once.</param>
    public Task SendAsync(string queue, StageMessage message, DateTimeOffset? visibleAt, CancellationToken cancellationToken) =>
        SendBodyAsync(queue, StageMessageJson.Write(message), visibleAt, cancellationToken);

    /// <summary>Sends a body as it is: to a poison queue, or back where an unreadable one came from.</summary>
    public async Task SendBodyAsync(string queue, BinaryData body, DateTimeOffset? visibleAt, CancellationToken cancellationToken)
    {
        var client = Client(queue);
        var hidden = Hiding(visibleAt);
        await StorageSetup.WithMissingMadeAsync(
            async () => (await client.SendMessageAsync(body, hidden, NoExpiry, cancellationToken)).GetRawResponse(),
            () => client.CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            QueueErrorCode.QueueNotFound.ToString());
    }

    public QueueClient Client(string queue) => _clients.GetOrAdd(queue, service.GetQueueClient);

    private TimeSpan? Hiding(DateTimeOffset? visibleAt)
    {
        if (visibleAt is not { } at || at - time.GetUtcNow() is not { Ticks: > 0 } left)
        {
            return null;
        }

        // Whole seconds, rounded up: waking early would cost a second hiding.
        return left > LongestHiding ? LongestHiding : TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds));
    }
}
