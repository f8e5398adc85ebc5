using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.OperationsFunction.Queries;

/// <summary>Measures what waits: in the queues for the machine, in the journal for an operator.</summary>
public sealed class Backlog(QueueDepths queues, OpenOperations open, PipelineRegistry registry)
{
    /// <summary>Enough to see that something is wrong; counting further would cost more than it tells.</summary>
    public const int MaxCount = 1000;

    /// <summary>The states that do not end by themselves.</summary>
    public static readonly IReadOnlyList<OperationState> NeedAttention =
        [OperationState.Failed, OperationState.Rejected, OperationState.Uncertain, OperationState.Unconfirmed, OperationState.Held];

    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        // Those that no pipeline uses only while they hold something: a row a minute for each costs more than it tells.
        foreach (var depth in await queues.FetchAsync(cancellationToken))
        {
            Meters.Queue(depth);
        }

        foreach (var pipeline in await registry.NamesAsync(cancellationToken))
        {
            foreach (var state in NeedAttention)
            {
                // Zeros are recorded too: without them an alert would never resolve.
                Meters.Attention(pipeline, state, await open.CountAsync(pipeline, state, MaxCount, cancellationToken));
            }
        }
    }
}
