using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Puts promised messages on the queues of their stages.</summary>
public sealed class PromiseSender(StageQueues queues, IEnumerable<IDestination> destinations)
{
    private readonly Dictionary<string, string> _queueOf = destinations.ToDictionary(d => d.Name, d => d.Queue, StringComparer.Ordinal);

    public async Task SendAsync(IEnumerable<Promise> promises, CancellationToken cancellationToken)
    {
        foreach (var promise in promises)
        {
            await queues.SendAsync(QueueOf(promise), promise.Message, promise.VisibleAt, cancellationToken);
        }
    }

    /// <summary>The same message once more, for later: waiting for a turn or a lease is no attempt.</summary>
    public Task AgainAsync(string queue, StageMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) =>
        queues.SendAsync(queue, message, visibleAt, cancellationToken);

    /// <summary>Tells the failure function: the journal has the reason already.</summary>
    public Task GiveUpAsync(string queue, StageMessage message, CancellationToken cancellationToken) =>
        queues.SendAsync(queue + QueueNames.PoisonSuffix, message, cancellationToken);

    /// <summary>The queue of the stage a promise is for.</summary>
    public string QueueOf(Promise promise) => promise.Destination is null ? QueueNames.UonRecords : _queueOf[promise.Destination];
}
