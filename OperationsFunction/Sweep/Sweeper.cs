using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>
/// Sends overdue outbox messages again, as the last safeguard against lost messages. An enrichment or a delivery is overdue 15 minutes
/// after its scheduled time, whatever else its operation is waiting for; a duplicate message does no harm.
/// </summary>
public sealed partial class Sweeper(
    OpenOperations open, JournalStore journal, OutboxSender outbox, QueueLag lag, SkippedDeliveries skipped, TimeProvider time, ILogger<Sweeper> logger)
{
    public static readonly TimeSpan OverdueAfter = TimeSpan.FromMinutes(15);

    private static readonly OperationState[] WithOutbox =
        [OperationState.Waiting, OperationState.Enriched, OperationState.Sending, OperationState.Uncertain];

    /// <returns>How many operations were overdue.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await skipped.ReevaluateAsync(owner: null, cancellationToken);
        // A backlog is not a loss: duplicates would only make the queue longer.
        var behind = await lag.BehindAsync(OverdueAfter, cancellationToken);
        var budget = new TimeBudget(time);
        var count = 0;
        foreach (var state in WithOutbox)
        {
            await foreach (var seen in open.InStateAsync(state, cancellationToken))
            {
                if (budget.IsSpent)
                {
                    return count;
                }

                bool IsDue(OutboxMessage message) => !behind.Contains(outbox.QueueOf(message));

                // The index row lacks the webhook's metadata and may be stale.
                if (!Overdue(seen, state).Any(IsDue) || await journal.TryReadAsync(seen.Id, cancellationToken) is not { } entry)
                {
                    continue;
                }

                var overdue = Overdue(entry.Operation, state).Where(IsDue).ToList();
                if (overdue.Count > 0)
                {
                    await outbox.SendAsync(overdue, cancellationToken);
                    Log.Swept(logger, seen.Id, state);
                    count++;
                }
            }
        }

        return count;
    }

    private IEnumerable<OutboxMessage> Overdue(Operation operation, OperationState state) => Outbox.Of(operation).Where(message =>
        (message.Destination is { } name ? operation.DeliveryTo(name)!.State.Shown() : operation.Enrichment.Shown()) == state
        && IsOverdue(operation, message, time.GetUtcNow()));

    /// <summary>A message with a long scheduled delay is not overdue before its scheduled time.</summary>
    internal static bool IsOverdue(Operation operation, OutboxMessage message, DateTimeOffset now) => (message.VisibleAt ?? operation.UpdatedAt) < now - OverdueAfter;

    private static partial class Log
    {
        [LoggerMessage(1601, LogLevel.Warning, "{Operation} was overdue in state {State}; its message was sent again")]
        public static partial void Swept(ILogger logger, OperationId operation, OperationState state);
    }
}
