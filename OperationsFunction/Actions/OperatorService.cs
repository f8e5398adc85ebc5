using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>The result of an operator's action.</summary>
/// <param name="Operation">After the action; null when there is none or it was refused.</param>
/// <param name="Refusal">Why the state does not allow it; null when it did.</param>
/// <param name="Unknown">The named destination does not exist; the message lists the existing ones.</param>
public sealed record ActionResult(Operation? Operation, string? Refusal, string? Unknown = null);

/// <summary>Executes operators' actions: journal first, then the outbox message.</summary>
public sealed partial class OperatorService(
    OperationFinder finder,
    JournalStore journal,
    PipelineCatalog pipelines,
    IEnumerable<IDestination> destinations,
    OutboxSender outbox,
    FailPoints failPoints,
    TimeProvider time,
    ILogger<OperatorService> logger)
{
    public async Task<ActionResult> ActAsync(OperationId id, OperatorAction action, ActionTarget target, CancellationToken cancellationToken)
    {
        if (!pipelines.TryFind(id.Pipeline, out var pipeline) && action is not OperatorAction.Discard)
        {
            return new ActionResult(null, $"Pipeline '{id.Pipeline}' is no longer in the settings. Restore it to resume its work, or discard {id}.");
        }

        var serving = destinations.Where(d => pipeline is not null && d.Serves(pipeline)).ToList();
        OperationEvent? written = null;
        while (await finder.FindAsync(id, cancellationToken) is { } entry)
        {
            if (written is not null && entry.Operation.Events.Contains(written))
            {
                // This is our own write, whose reply was lost: only its message is missing.
                await outbox.SendAsync(Outbox.Of(entry.Operation), cancellationToken);
                return new ActionResult(entry.Operation, null);
            }

            // A report delivery exists only once there is an outcome; until then there is nothing to act on.
            // Of a retired pipeline only its operations know the destinations.
            var names = pipeline is null
                ? entry.Operation.Orders.Select(d => d.Destination).ToList()
                : serving.Where(d => !d.IsReport || entry.Operation.DeliveryTo(d.Name) is not null).Select(d => d.Name).ToList();
            if (target.Destination is { } name && !ActionScope.Known(entry.Operation, names).Contains(name, StringComparer.Ordinal))
            {
                return new ActionResult(null, null, ActionScope.Unknown(entry.Operation, name, names));
            }

            var run = RunId.New(time, after: entry.Operation.Run);
            var (next, refusal) = ActionRules.Apply(entry.Operation, action, names, run, time.GetUtcNow(), target);
            if (next is null)
            {
                return new ActionResult(null, refusal);
            }

            written = next.Events[^1];
            if (await journal.UpdateAsync(entry, next, null, cancellationToken) is { } journaled)
            {
                var acted = journaled.Entry.Operation;
                await failPoints.HitAsync(FailPoints.ReplayJournaled);
                await outbox.SendAsync(Outbox.Of(acted), cancellationToken);
                Log.Acted(logger, acted.Id, action.GetType().Name, acted.State);
                return new ActionResult(acted, null);
            }
        }

        return new ActionResult(null, null);
    }

    /// <summary>Shows phones and e-mails to an operator, and records that in the story first.</summary>
    public async Task<Operation?> RevealAsync(OperationId id, string? by, CancellationToken cancellationToken)
    {
        while (await finder.FindAsync(id, cancellationToken) is { } entry)
        {
            var revealed = entry.Operation.WithEvent(time.GetUtcNow(), EventNames.Revealed, by is null ? null : $"by {by}");
            if (await journal.NoteAsync(entry, revealed, cancellationToken) is not null)
            {
                return revealed;
            }
        }

        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Information, "{Operation}: {Action} by an operator; now {State}")]
        public static partial void Acted(ILogger logger, OperationId operation, string action, OperationState state);
    }
}
