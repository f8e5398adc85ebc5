using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.OperationsFunction.Health;

/// <summary>Measures what waits: in the queues for the machine, in the journal for a person.</summary>
public sealed class Backlog(QueueDepths queues, OpenOperations open, PipelineCatalog pipelines)
{
    /// <summary>Enough to see that something is wrong; counting further would cost more than it tells.</summary>
    public const int MaxCount = 1000;

    /// <summary>The states that do not end by themselves.</summary>
    public static readonly IReadOnlyList<OperationState> NeedAttention =
        [OperationState.Failed, OperationState.Rejected, OperationState.Uncertain, OperationState.Unconfirmed, OperationState.Held];

    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in queues.All)
        {
            Meters.Queue(await queues.LookAsync(queue, cancellationToken));
        }

        foreach (var pipeline in pipelines.Names)
        {
            foreach (var state in NeedAttention)
            {
                // A zero is told, too: without it an alert would never see that all is well again.
                Meters.Attention(pipeline, state, await open.CountAsync(pipeline, state, MaxCount, cancellationToken));
            }
        }
    }
}
