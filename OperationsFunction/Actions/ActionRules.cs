using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Phones;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>
/// Which action which state allows, and what it makes of the operation. Sold is sold: nothing leads out of Delivered or Duplicate.
/// Pure.
/// </summary>
public static class ActionRules
{
    /// <summary>States from which a record may be fetched again.</summary>
    public static readonly IReadOnlyList<OperationState> ReplayEnrich =
    [
        OperationState.Waiting, OperationState.Held, OperationState.Skipped, OperationState.Failed, OperationState.Rejected, OperationState.Discarded,
    ];

    /// <summary>States from which an order may be sent again.</summary>
    public static readonly IReadOnlyList<OperationState> SendAgain =
        [OperationState.Held, OperationState.Failed, OperationState.Rejected, OperationState.Unconfirmed, OperationState.Uncertain];

    private static readonly IReadOnlyList<OperationState> Resolve =
    [
        OperationState.Uncertain, OperationState.Unconfirmed, OperationState.Failed, OperationState.Rejected, OperationState.Held, OperationState.Waiting,
    ];

    /// <summary>The operation after the action, or why it is refused.</summary>
    /// <param name="operation">As the journal has it.</param>
    /// <param name="action">What is wanted.</param>
    /// <param name="destinations">Where this pipeline's records go.</param>
    /// <param name="run">A fresh run for actions that set something going.</param>
    /// <param name="now">The time of the action.</param>
    public static (Operation? Next, string? Refusal) Apply(
        Operation operation, OperatorAction action, IEnumerable<string> destinations, string run, DateTimeOffset now)
    {
        var allowed = action switch
        {
            OperatorAction.ReplayEnrich => ReplayEnrich,
            OperatorAction.ReplaySend or OperatorAction.Edit => SendAgain,
            _ => Resolve,
        };
        if (!allowed.Contains(operation.State))
        {
            return (null, $"{operation.Id} is {operation.State}; this is possible from {string.Join(", ", allowed)} only.");
        }

        return action switch
        {
            OperatorAction.ReplayEnrich => (FetchAgain(operation, action.By, run, now), null),
            OperatorAction.ReplaySend => Send(operation, destinations, run, now, EventNames.Replayed, Words("send", null, action.By)),
            OperatorAction.Edit edit => Edited(operation, edit, destinations, run, now),
            OperatorAction.ResolveDelivered resolve => (
                Resolutions.SeenDelivered(operation, resolve.OrderId, destinations).Tell(now, EventNames.Resolved, Words("delivered", resolve.Note, resolve.By)), null),
            OperatorAction.Discard discard => (
                Resolutions.Discarded(operation).Tell(now, EventNames.Resolved, Words("discarded", discard.Note, discard.By)), null),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action.GetType().Name, "Not an action."),
        };
    }

    private static Operation FetchAgain(Operation operation, string? by, string run, DateTimeOffset now) =>
        (operation with
        {
            Run = run,
            Attempt = 1,
            Waits = 0,
            Retries = 0,
            Enrichment = OperationState.Waiting,
            EnrichAt = null,
            EnrichError = null,
            // What a person discarded goes again because a person says so; a webhook would leave it.
            Deliveries = [.. operation.Deliveries.Select(d => d.State == OperationState.Discarded ? d with { State = OperationState.Enriched } : d)],
        }).Tell(now, EventNames.Replayed, Words("enrich", null, by));

    private static (Operation?, string?) Edited(
        Operation operation, OperatorAction.Edit edit, IEnumerable<string> destinations, string run, DateTimeOffset now)
    {
        // The story keeps what changed, masked; the originals stay readable under reveal, in fields named original_….
        var changed = edit.Fields
            .Where(f => (operation.Fields[f.Key] ?? "") != f.Value && !f.Key.StartsWith(RecordFields.OriginalPrefix, StringComparison.Ordinal))
            .ToList();
        var originals = changed
            .Where(f => operation.Fields[f.Key] is not null && operation.Fields[RecordFields.OriginalPrefix + f.Key] is null)
            .Select(f => KeyValuePair.Create(RecordFields.OriginalPrefix + f.Key, operation.Fields[f.Key]!));
        var corrected = operation with { Fields = operation.Fields.With(changed).With(originals) };
        var masked = Mask.Fields(operation.Fields);
        return Send(corrected, destinations, run, now, EventNames.Edited, Words(string.Join(", ", changed.Select(f => Change(f.Key, masked[f.Key]))), null, edit.By));
    }

    private static (Operation?, string?) Send(
        Operation operation, IEnumerable<string> destinations, string run, DateTimeOffset now, string eventName, string words)
    {
        if (operation.Fields[PhoneIndex.PhoneField] is null)
        {
            return (null, $"{operation.Id} has no phone to send. Enter one, or fetch the record again.");
        }

        operation = operation with { Run = run, Attempt = 1, Enrichment = OperationState.Enriched, EnrichAt = null, EnrichError = null };
        foreach (var destination in destinations)
        {
            var delivery = operation.DeliveryTo(destination)
                ?? new Delivery { Destination = destination, State = OperationState.Enriched, Attempt = 1 };

            // An order under way is not overtaken: its answer, or its lease's end, decides.
            if (!delivery.State.IsSold() && delivery.State != OperationState.Sending)
            {
                operation = operation.With(delivery with
                {
                    State = OperationState.Enriched,
                    Attempt = 1,
                    Tries = 0,
                    NextTryAt = null,
                    Error = null,
                    Doubtful = delivery.IsInDoubt(),
                });
            }
        }

        return (operation.Tell(now, eventName, words), null);
    }

    private static string Change(string field, string? was) => was is null ? field : $"{field} (was {was})";

    private static string Words(string what, string? note, string? by) =>
        what + (note is null ? "" : $": {note}") + (by is null ? "" : $" (by {by})");
}
