using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.OperationsFunction.Queries;

/// <summary>Measures the backlog: messages in the queues, and operations in the journal that need an operator.</summary>
public sealed class Backlog(QueueDepths queues, OpenOperations open, PipelineRegistry registry)
{
    /// <summary>Enough to see that something is wrong; an exact count is not worth its cost.</summary>
    public const int MaxCount = 1000;

    /// <summary>The states that do not end without an operator, except an uncertain order that is sent again by itself.</summary>
    public static readonly IReadOnlyList<OperationState> NeedAttention =
        [OperationState.Failed, OperationState.Rejected, OperationState.Uncertain, OperationState.Unconfirmed, OperationState.Held];

    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        // Unused queues are measured only while they hold messages: a metric per minute for each is not worth its cost.
        foreach (var depth in await queues.FetchAsync(cancellationToken))
        {
            Meters.Queue(depth);
        }

        foreach (var pipeline in await registry.NamesAsync(cancellationToken))
        {
            foreach (var state in NeedAttention)
            {
                // Zeros are recorded too: without them an alert would never resolve.
                Meters.Attention(pipeline, state, await open.CountForOperatorAsync(pipeline, state, MaxCount, cancellationToken));
            }
        }
    }
}
