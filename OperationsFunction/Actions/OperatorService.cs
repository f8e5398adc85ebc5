using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.Shared.Chaos;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>What came of an operator's action.</summary>
/// <param name="Operation">After the action; null when there is none or it was refused.</param>
/// <param name="Refusal">Why the state does not allow it; null when it did.</param>
public sealed record ActionResult(Operation? Operation, string? Refusal);

/// <summary>Carries out operators' actions: journal first, then the message it promises.</summary>
public sealed partial class OperatorService(
    OperationFinder finder,
    JournalStore journal,
    PipelineCatalog pipelines,
    IEnumerable<IDestination> destinations,
    PromiseSender promises,
    PausePoints pause,
    TimeProvider time,
    ILogger<OperatorService> logger)
{
    public async Task<ActionResult> ActAsync(OperationId id, OperatorAction action, CancellationToken cancellationToken)
    {
        var pipeline = pipelines.Get(id.Pipeline);
        var names = destinations.Where(d => d.Serves(pipeline)).Select(d => d.Name).ToList();
        string? run = null;
        while (await finder.FindAsync(id, cancellationToken) is { } entry)
        {
            if (entry.Operation.Run == run)
            {
                // Our own write, whose answer was lost: it only needs its message.
                await promises.SendAsync(Promises.Of(entry.Operation), cancellationToken);
                return new ActionResult(entry.Operation, null);
            }

            run = Runs.New(time, after: entry.Operation.Run);
            var (next, refusal) = ActionRules.Apply(entry.Operation, action, names, run, time.GetUtcNow());
            if (next is null)
            {
                return new ActionResult(null, refusal);
            }

            if (await journal.UpdateAsync(entry, next, null, cancellationToken) is not null)
            {
                await pause.ReachAsync(PausePoints.ReplayJournaled);
                await promises.SendAsync(Promises.Of(next), cancellationToken);
                Log.Acted(logger, next.Id, action.GetType().Name, next.State);
                return new ActionResult(next, null);
            }
        }

        return new ActionResult(null, null);
    }

    /// <summary>Shows phones and e-mails to a person, and says so in the story before it does.</summary>
    public async Task<Operation?> RevealAsync(OperationId id, string? by, CancellationToken cancellationToken)
    {
        while (await finder.FindAsync(id, cancellationToken) is { } entry)
        {
            var told = entry.Operation.Tell(time.GetUtcNow(), EventNames.Revealed, by is null ? null : $"by {by}");
            if (await journal.NoteAsync(entry, told, cancellationToken) is not null)
            {
                return told;
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
