using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Records;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>
/// Sends again what the journal promised and nobody kept: the last net under lost messages. An operation is overdue a quarter of an
/// hour after the time it named; a message too many does no harm.
/// </summary>
public sealed partial class Sweeper(
    OpenOperations open, JournalStore journal, PromiseSender promises, QueueLag lag, TimeProvider time, ILogger<Sweeper> logger)
{
    public static readonly TimeSpan Overdue = TimeSpan.FromMinutes(15);

    private static readonly OperationState[] Promising =
        [OperationState.Waiting, OperationState.Enriched, OperationState.Sending, OperationState.Uncertain];

    /// <returns>How many operations were overdue.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // Where messages wait in a long line, nothing is lost: one more of each would only make the line longer.
        var behind = await lag.BehindAsync(Overdue, cancellationToken);
        var budget = new TimeBudget(time);
        var count = 0;
        foreach (var state in Promising)
        {
            await foreach (var seen in open.InStateAsync(state, cancellationToken))
            {
                if (budget.IsSpent)
                {
                    return count;
                }

                if (!IsOverdue(seen) || Promises.Of(seen).Any(p => behind.Contains(promises.QueueOf(p))))
                {
                    continue;
                }

                // The index row has not the webhook's words, and may be a moment old.
                if (await journal.ReadAsync(seen.Id, cancellationToken) is { } entry && IsOverdue(entry.Operation))
                {
                    await promises.SendAsync(Promises.Of(entry.Operation), cancellationToken);
                    Log.Swept(logger, seen.Id, entry.Operation.State);
                    count++;
                }
            }
        }

        return count;
    }

    private bool IsOverdue(Operation operation) =>
        Promises.Of(operation).Any() && (operation.NextTryAt ?? operation.UpdatedAt) < time.GetUtcNow() - Overdue;

    private static partial class Log
    {
        [LoggerMessage(1601, LogLevel.Warning, "{Operation} was overdue in state {State}; its message was sent again")]
        public static partial void Swept(ILogger logger, OperationId operation, OperationState state);
    }
}
