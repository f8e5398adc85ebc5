using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>
/// Re-evaluates a delivery that was skipped because of another operation, when that operation fails. Each run starts from storage: the sweep
/// completes interrupted work.
/// </summary>
public sealed partial class SkippedDeliveries(
    LeadDeduplicator deduplicator, SkippedWaits waits, JournalStore journal, PipelineCatalog pipelines, OutboxSender outbox, TimeProvider time, ILogger<SkippedDeliveries> logger)
{
    /// <summary>Limit per run; the next run of this process continues.</summary>
    private const int MaxWaits = 1_000;

    private SkippedWait? _seenLast;

    /// <summary>Call it when an operation was given up: deliveries that wait for it may continue, unless its order may have arrived.</summary>
    public async Task ReevaluateAfterAsync(Pipeline pipeline, IDestination destination, Operation operation, CancellationToken cancellationToken)
    {
        if (!LeadDeduplicator.Counts(operation, destination.Name) && await deduplicator.IsUsedAsync(pipeline, destination, cancellationToken))
        {
            await ReevaluateAsync(operation.Id, cancellationToken);
        }
    }

    /// <summary>Re-evaluates the deliveries that wait for this operation; null: for any.</summary>
    public async Task ReevaluateAsync(OperationId? owner, CancellationToken cancellationToken)
    {
        var found = await waits.ListAsync(owner, owner is null ? _seenLast : null, MaxWaits, cancellationToken);
        foreach (var wait in found)
        {
            await ReevaluateAsync(wait, cancellationToken);
        }

        if (owner is null)
        {
            _seenLast = found.Count == MaxWaits ? found[^1] : null;
        }
    }

    private async Task ReevaluateAsync(SkippedWait wait, CancellationToken cancellationToken)
    {
        var (exists, found) = await journal.FindAsync(wait.Owner, cancellationToken);
        var owner = found?.Operation;
        if (exists && owner is null)
        {
            // This version cannot read it: it may have sold the lead.
            return;
        }

        if (owner is not null && LeadDeduplicator.IsUndecided(owner, wait.Destination))
        {
            return;
        }

        OperationEvent? written = null;
        while (true)
        {
            var (isKept, entry) = await journal.FindAsync(wait.Waiter, cancellationToken);
            if (entry is null)
            {
                if (isKept)
                {
                    return;
                }

                break;
            }

            var operation = entry.Operation;
            if (written is not null && operation.Events.Contains(written))
            {
                // This is our own write, whose reply was lost: only its message is missing.
                await outbox.SendAsync(Outbox.Of(operation), cancellationToken);
                break;
            }

            var delivery = operation.DeliveryTo(wait.Destination);
            if (delivery is { State: DeliveryState.Enriched or DeliveryState.Waiting } || (delivery is not null && operation.IsResting(delivery)))
            {
                // It is being skipped right now, its own message evaluates it, or a running enrichment does.
                return;
            }

            if (LeadDeduplicator.Counts(owner, wait.Destination)
                || delivery is not { State: DeliveryState.Skipped, Error.Code: ErrorCodes.SamePerson or ErrorCodes.SameRecord })
            {
                break;
            }

            if (!pipelines.TryFind(operation.Id.Pipeline, out _))
            {
                return;
            }

            var next = operation.Reopen([delivery], RunId.New(time, after: operation.Run))
                .WithEvent(time.GetUtcNow(), EventNames.Released, delivery, $"{wait.Owner} was rejected, so this one is sent");
            written = next.Events[^1];
            if (await journal.UpdateAsync(entry, next, null, cancellationToken) is not null)
            {
                await outbox.SendAsync(Outbox.Of(next), cancellationToken);
                Log.Reopened(logger, operation.Id, wait.Destination, wait.Owner);
                break;
            }
        }

        await waits.RemoveAsync(wait, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1206, LogLevel.Information, "{Operation} to {Destination}: sent after all, {Owner} was rejected")]
        public static partial void Reopened(ILogger logger, OperationId operation, string destination, OperationId owner);
    }
}
