using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.OperationsFunction.Queries;

/// <summary>Looks at the queues without taking anything from them.</summary>
public sealed class QueueDepths(StageQueues queues, IEnumerable<IDestination> destinations, PipelineCatalog pipelines)
{
    /// <summary>Every queue of the app in the order in which messages travel, each followed by its poison queue.</summary>
    public IReadOnlyList<string> All { get; } =
        [.. destinations.Select(d => d.Queue).Prepend(QueueNames.UonRecords).SelectMany(queue => new[] { queue, queue + QueueNames.PoisonSuffix })];

    private readonly HashSet<string> _idle =
        [.. destinations.Where(d => !pipelines.All.Any(d.Serves)).SelectMany(d => new[] { d.Queue, d.Queue + QueueNames.PoisonSuffix })];

    /// <summary>What an operator should see: the queues in use, and of those that no pipeline uses the ones that still hold something.</summary>
    public async Task<IReadOnlyList<QueueDepth>> FetchAsync(CancellationToken cancellationToken)
    {
        var depths = await Task.WhenAll(All.Select(queue => queues.DepthAsync(queue, cancellationToken)));
        return [.. depths.Where(d => d.Messages > 0 || !_idle.Contains(d.Queue))];
    }
}
