using System.Collections.Immutable;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>
/// Which actions each state allows, and how they change the operation. A sale is final: no action leaves Delivered or Duplicate.
/// Pure.
/// </summary>
public static class ActionRules
{
    /// <summary>The operation after the action, or why it is refused.</summary>
    /// <param name="operation">As stored in the journal.</param>
    /// <param name="action">The requested action.</param>
    /// <param name="destinations">Where this pipeline's records go.</param>
    /// <param name="run">A new run for actions that start work.</param>
    /// <param name="now">The time of the action.</param>
    /// <param name="target">The named destination, if any, and what the operator saw; null: everything in the state that the operation shows.</param>
    public static (Operation? Next, string? Refusal) Apply(
        Operation operation, OperatorAction action, IEnumerable<string> destinations, string run, DateTimeOffset now, ActionTarget? target = null)
    {
        var names = destinations.ToList();
        target ??= ActionTarget.Shown;
        var (scope, refusal) = ActionScope.Of(operation, KindOf(action), target, names);
        if (scope is null)
        {
            return (null, refusal);
        }

        if (KindOf(action) != OperatorActions.Resolve && target.Seen?.IsOutdated(operation) == true && scope.FindDoubt(operation) is { } doubt)
        {
            return (null, $"{operation.Id} has changed since it was shown, and {doubt} may have the order. Look for the order in the destination's cabinet: mark it delivered, or send it again.");
        }

        return action switch
        {
            OperatorAction.ReplayEnrich => (FetchAgain(operation, scope, names, action.By, run, now), null),
            OperatorAction.ReplaySend => Send(operation, scope, names, run, now, EventNames.Replayed, Describe("send", null, action.By)),
            OperatorAction.Edit edit => Edited(operation, edit, scope, names, run, now),
            OperatorAction.ResolveDelivered when operation.Id.Kind == RecordKind.Auto => (null, ActionScope.UnknownKind(operation.Id)),
            OperatorAction.ResolveDelivered { OrderId: not null } when scope.Destinations.Count > 1 =>
                (null, $"An order id belongs to one destination. Give its name as destination: {string.Join(", ", scope.Destinations)}."),
            OperatorAction.ResolveDelivered resolve => (
                Resolutions.SeenDelivered(operation, resolve.OrderId, scope, names)
                    .WithEvent(now, EventNames.Resolved, Describe("delivered", resolve.Note, resolve.By), destination: scope.Only), null),
            OperatorAction.Discard discard => (
                Resolutions.Discarded(operation, scope, names)
                    .WithEvent(now, EventNames.Resolved, Describe("discarded", discard.Note, discard.By), destination: scope.Only), null),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action.GetType().Name, "Not an action."),
        };
    }

    private static OperatorActions KindOf(OperatorAction action) => action switch
    {
        OperatorAction.ReplayEnrich => OperatorActions.ReplayEnrich,
        OperatorAction.ReplaySend => OperatorActions.ReplaySend,
        OperatorAction.Edit => OperatorActions.Edit,
        _ => OperatorActions.Resolve,
    };

    private static Operation FetchAgain(Operation operation, ActionScope scope, IReadOnlyList<string> destinations, string? by, string run, DateTimeOffset now) =>
        (operation with
        {
            Run = run,
            Attempt = 1,
            Waits = 0,
            Retries = 0,
            Enrichment = EnrichmentState.Waiting,
            EnrichAt = null,
            EnrichError = null,
            FetchFor = FetchFor(operation, scope, destinations),
            Deliveries = operation.Deliveries.ConvertAll(d => IsResentUnchanged(operation, d, scope) ? d with { ResendUnchanged = true } : d),
        }).WithEvent(now, EventNames.Replayed, Describe("enrich", null, by), destination: scope.Only);

    /// <summary>A repeated enrichment keeps its destinations; a running one also keeps those that it already serves.</summary>
    private static ImmutableList<string>? FetchFor(Operation operation, ActionScope scope, IReadOnlyList<string> destinations)
    {
        if (operation.Deliveries.IsEmpty && scope.Enrichment)
        {
            return null;
        }

        var keeps = operation.Enrichment.IsInProgress() || (scope.Enrichment && operation.Enrichment != EnrichmentState.Discarded);
        if (keeps && operation.FetchFor is null && scope.Destinations.All(d => operation.DeliveryTo(d) is not { } delivery || delivery.State.Rule().IsFetchedAgain))
        {
            return null;
        }

        var former = keeps ? Resolutions.FetchTargets(operation, destinations) : [];
        return [.. former.Union(scope.Destinations, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Whether the action is about a refused delivery. One that rests during a fetch is not what the operation shows: with other destinations
    /// beside it, it has to be named.
    /// </summary>
    private static bool IsResentUnchanged(Operation operation, Delivery delivery, ActionScope scope) =>
        delivery.State == DeliveryState.Rejected && scope.Destinations.Contains(delivery.Destination, StringComparer.Ordinal)
        && (!scope.Enrichment || !operation.IsResting(delivery) || !operation.Orders.Skip(1).Any());

    private static (Operation?, string?) Edited(
        Operation operation, OperatorAction.Edit edit, ActionScope scope, IReadOnlyList<string> destinations, string run, DateTimeOffset now)
    {
        // The story records only the names of changed fields, because it outlives personal data; reveal shows the originals in fields named original_….
        var changed = edit.Fields
            .Where(f => (operation.Fields[f.Key] ?? "") != f.Value && !f.Key.StartsWith(RecordFields.OriginalPrefix, StringComparison.Ordinal))
            .ToList();
        var originals = changed
            .Where(f => operation.Fields[RecordFields.OriginalPrefix + f.Key] is null)
            .Select(f => KeyValuePair.Create(RecordFields.OriginalPrefix + f.Key, operation.Fields[f.Key] ?? RecordFields.NoOriginal));
        var corrected = operation with { Fields = operation.Fields.With(changed).With(originals) };
        return Send(corrected, scope, destinations, run, now, EventNames.Edited, Describe(string.Join(", ", changed.Select(f => f.Key)), null, edit.By));
    }

    private static (Operation?, string?) Send(
        Operation operation, ActionScope scope, IReadOnlyList<string> destinations, string run, DateTimeOffset now, string eventName, string words)
    {
        if (scope.NeedsPhone(operation) && operation.Fields[PhoneIndex.PhoneField] is null)
        {
            return (null, $"{operation.Id} has no phone to send. Enter one, or fetch the record again.");
        }

        operation = Resolutions.TakeOver(operation with { Run = run, Attempt = 1 }, scope, destinations);
        foreach (var destination in scope.Destinations)
        {
            var delivery = operation.DeliveryTo(destination)
                ?? new Delivery { Destination = destination, State = DeliveryState.Enriched, Attempt = 1 };
            operation = operation.With(delivery with
            {
                State = DeliveryState.Enriched,
                Attempt = 1,
                Tries = 0,
                NextTryAt = null,
                Error = null,
                MayHaveArrived = delivery.IsInDoubt(),
                ResendApproved = delivery.IsInDoubt(),
                ResendUnchanged = false,
            });
        }

        return (Resolutions.CloseEnrichment(operation, destinations).WithEvent(now, eventName, words, destination: scope.Only), null);
    }

    /// <summary>The story is shown and exported without <c>reveal</c>, so a note is masked for good.</summary>
    private static string Describe(string what, string? note, string? by) =>
        what + (note is null ? "" : $": {Mask.Text(note)}") + (by is null ? "" : $" (by {by})");
}
