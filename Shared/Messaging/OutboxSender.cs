
namespace UonOfferum.Shared.Messaging;

/// <summary>Sends outbox messages to the queues of their stages.</summary>
public sealed class OutboxSender(StageQueues queues, IEnumerable<DestinationQueue> destinations)
{
    private readonly Dictionary<string, string> _queueOf = destinations.ToDictionary(d => d.Destination, d => d.Queue, StringComparer.Ordinal);

    public async Task SendAsync(IEnumerable<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            await queues.SendAsync(QueueOf(message), message.Message, message.VisibleAt, cancellationToken);
        }
    }

    /// <summary>Schedules the same message again: waiting for a permit or a lease is not an attempt.</summary>
    public Task DeferAsync(string queue, StageMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) =>
        queues.SendAsync(queue, message, visibleAt, cancellationToken);

    /// <summary>Sends the message to the poison queue; the reason is already in the journal.</summary>
    public Task DeadLetterAsync(string queue, StageMessage message, CancellationToken cancellationToken) =>
        queues.SendAsync(queue + QueueNames.PoisonSuffix, message, cancellationToken);

    /// <summary>The queue of the stage that handles this message.</summary>
    public string QueueOf(OutboxMessage message) => message.Destination is null ? QueueNames.UonRecords : _queueOf[message.Destination];
}
