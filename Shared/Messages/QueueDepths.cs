using Azure;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.Shared.Messages;

/// <param name="Queue">Its name.</param>
/// <param name="Messages">About how many it holds, hidden ones too.</param>
/// <param name="Oldest">How long the first visible message has been there; null when none is visible.</param>
public sealed record QueueDepth(string Queue, int Messages, TimeSpan? Oldest);

/// <summary>Looks at the queues without taking anything from them.</summary>
public sealed class QueueDepths(StageQueues queues, IEnumerable<IDestination> destinations, PipelineCatalog pipelines, TimeProvider time)
{
    /// <summary>Every queue of the app in the order in which messages travel, each followed by its poison queue.</summary>
    public IReadOnlyList<string> All { get; } =
        [.. destinations.Select(d => d.Queue).Prepend(QueueNames.UonRecords).SelectMany(queue => new[] { queue, queue + QueueNames.PoisonSuffix })];

    private readonly HashSet<string> _idle =
        [.. destinations.Where(d => !pipelines.All.Any(d.Serves)).SelectMany(d => new[] { d.Queue, d.Queue + QueueNames.PoisonSuffix })];

    /// <summary>What a person should see: the queues in use, and of those that no pipeline uses the ones that still hold something.</summary>
    public async Task<IReadOnlyList<QueueDepth>> LookAsync(CancellationToken cancellationToken)
    {
        var depths = await Task.WhenAll(All.Select(queue => LookAsync(queue, cancellationToken)));
        return [.. depths.Where(d => d.Messages > 0 || !_idle.Contains(d.Queue))];
    }

    /// <summary>One storage request, two when there is something in it.</summary>
    public async Task<QueueDepth> LookAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            var client = queues.Client(queue);
            var messages = (await client.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
            var first = messages > 0 ? (await client.PeekMessageAsync(cancellationToken)).Value : null;
            return new QueueDepth(queue, messages, first?.InsertedOn is { } since ? time.GetUtcNow() - since : null);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Made at its first use.
            return new QueueDepth(queue, 0, null);
        }
    }
}
