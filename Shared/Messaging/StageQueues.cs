using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.Messaging;

/// <summary>Sends to the stage queues. Returns only when the queue has accepted the message.</summary>
public sealed class StageQueues(QueueServiceClient service, TimeProvider time)
{
    // Storage refuses a message hidden for longer than seven days.
    private static readonly TimeSpan LongestHiding = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1);

    // The default life of a message is seven days: a lead must not expire during a long outage.
    private static readonly TimeSpan NoExpiry = TimeSpan.FromSeconds(-1);

    private readonly ConcurrentDictionary<string, QueueClient> _clients = new(StringComparer.Ordinal);

    public Task SendAsync(string queue, StageMessage message, CancellationToken cancellationToken) =>
        SendAsync(queue, message, visibleAt: null, cancellationToken);

    /// <param name="visibleAt">Hidden until then; null or a past time: visible at once.</param>
    public Task SendAsync(string queue, StageMessage message, DateTimeOffset? visibleAt, CancellationToken cancellationToken) =>
        SendBodyAsync(queue, StageMessageJson.Write(message), visibleAt, cancellationToken);

    /// <summary>Sends a body unchanged: to a poison queue, or back to the queue of an unreadable one.</summary>
    public async Task SendBodyAsync(string queue, BinaryData body, DateTimeOffset? visibleAt, CancellationToken cancellationToken)
    {
        var client = Client(queue);
        var hidden = Hiding(visibleAt);
        await StorageSetup.CreateOnNotFoundAsync(
            async () => (await client.SendMessageAsync(body, hidden, NoExpiry, cancellationToken)).GetRawResponse(),
            () => client.CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            QueueErrorCode.QueueNotFound.ToString());
    }

    private QueueClient Client(string queue) => _clients.GetOrAdd(queue, service.GetQueueClient);

    /// <summary>Throws when storage does not answer.</summary>
    public Task PingAsync(string queue, CancellationToken cancellationToken) => Client(queue).ExistsAsync(cancellationToken);

    /// <summary>When the next visible message was sent; null when there is none.</summary>
    public async Task<DateTimeOffset?> NextSentAtAsync(string queue, CancellationToken cancellationToken)
    {
        var client = Client(queue);
        return await client.ExistsAsync(cancellationToken) && (await client.PeekMessagesAsync(1, cancellationToken)).Value is [{ InsertedOn: { } sentAt }]
            ? sentAt
            : null;
    }

    /// <summary>One storage request, two if the queue is not empty.</summary>
    public async Task<QueueDepth> DepthAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            var client = Client(queue);
            var messages = (await client.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
            var first = messages > 0 ? (await client.PeekMessageAsync(cancellationToken)).Value : null;
            return new QueueDepth(queue, messages, first?.InsertedOn is { } since ? time.GetUtcNow() - since : null);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // The queue is created on its first use.
            return new QueueDepth(queue, 0, null);
        }
    }

    private TimeSpan? Hiding(DateTimeOffset? visibleAt)
    {
        if (visibleAt is not { } at || at - time.GetUtcNow() is not { Ticks: > 0 } left)
        {
            return null;
        }

        // Whole seconds, rounded up: an early delivery would have to be deferred again.
        return left > LongestHiding ? LongestHiding : TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds));
    }
}
