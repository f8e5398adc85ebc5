using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.OperationsFunction.Queries;

/// <summary>Reads the queues' lengths without receiving messages.</summary>
public sealed class QueueDepths(StageQueues queues, IEnumerable<IDestination> destinations, PipelineCatalog pipelines)
{
    /// <summary>Every queue of the app in the order in which messages travel, each followed by its poison queue.</summary>
    public IReadOnlyList<string> All { get; } =
        [.. destinations.Select(d => d.Queue).Prepend(QueueNames.UonRecords).SelectMany(queue => new[] { queue, queue + QueueNames.PoisonSuffix })];

    private readonly HashSet<string> _idle =
        [.. destinations.Where(d => !pipelines.All.Any(d.Serves)).SelectMany(d => new[] { d.Queue, d.Queue + QueueNames.PoisonSuffix })];

    /// <summary>The queues to show to an operator: those in use, and unused ones that still hold messages.</summary>
    public async Task<IReadOnlyList<QueueDepth>> FetchAsync(CancellationToken cancellationToken)
    {
        var depths = await Task.WhenAll(All.Select(queue => queues.DepthAsync(queue, cancellationToken)));
        return [.. depths.Where(d => d.Messages > 0 || !_idle.Contains(d.Queue))];
    }
}
