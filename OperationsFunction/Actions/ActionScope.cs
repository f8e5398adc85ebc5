using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>The parts of an operation that an action changes. Pure.</summary>
/// <param name="Destinations">Destinations whose deliveries it changes or creates.</param>
/// <param name="Enrichment">Whether it also changes the enrichment: only when the operation shows the enrichment's state and no destination is named.</param>
internal sealed record ActionScope(IReadOnlyList<string> Destinations, bool Enrichment)
{
    private const int MaxName = 40;

    /// <summary>The scope, or why there is none.</summary>
    /// <param name="operation">As stored in the journal.</param>
    /// <param name="action">The requested action.</param>
    /// <param name="target">The destination that the action names.</param>
    /// <param name="destinations">Where this pipeline's records go.</param>
    public static (ActionScope? Scope, string? Refusal) Of(
        Operation operation, OperatorActions action, ActionTarget target, IReadOnlyList<string> destinations)
    {
        if (operation.Id.Kind == RecordKind.Auto && Sends(action))
        {
            return (null, UnknownKind(operation.Id));
        }

        var known = Known(operation, destinations).Where(d => Concerns(operation, action, d)).ToList();
        if (target.Destination is { } report && !Concerns(operation, action, report))
        {
            return (null, $"{operation.Id} to {report} only reports what became of the order: send it again, or resolve it.");
        }

        if (target.Destination is { } name)
        {
            return known.Contains(name, StringComparer.Ordinal) ? Named(operation, action, target, name, destinations) : (null, Unknown(operation, name, destinations));
        }

        var states = target.States ?? [operation.State];
        var enrichment = operation.Standings.Any(s => s.Destination is null && states.Contains(s.State) && Has(s.Error, target));
        if (!states.Any(s => s.Allowed().HasFlag(action)))
        {
            return (null, Refuse(operation.Id.ToString(), operation.State, action));
        }

        var touched = known
            .Where(d => StateOf(operation, d) is { } state && states.Contains(state) && state.Allowed().HasFlag(action) && Has(ErrorOf(operation, d), target))
            .Where(d => operation.DeliveryTo(d) is not null || (enrichment && destinations.Contains(d, StringComparer.Ordinal)))
            .ToList();
        var open = Sends(action) ? touched.Where(d => !MustBeNamed(operation, d) && destinations.Contains(d, StringComparer.Ordinal)).ToList() : touched;
        return open.Count > 0 || (enrichment && (touched.Count == 0 || !Sends(action)))
            ? (new ActionScope(open, enrichment), null)
            : touched.Count > 0
                ? (null, $"{operation.Id} has several destinations, and a delivery that is held or may have arrived is only sent again by name. Name one as destination: {string.Join(", ", touched)}.")
                : (null, Refuse(operation.Id.ToString(), operation.State, action));
    }

    /// <summary>The only destination in scope; null when there are none or several.</summary>
    public string? Only => Destinations is [var only] ? only : null;

    /// <summary>A destination in scope that may have the order; null when there is none.</summary>
    public string? FindDoubt(Operation operation) => Destinations.FirstOrDefault(d => operation.DeliveryTo(d)?.IsInDoubt() == true);

    /// <summary>An order needs a phone. A report uses no field, so it can be repeated after the personal data was removed.</summary>
    public bool NeedsPhone(Operation operation) =>
        Destinations.Count == 0 || Destinations.Any(d => operation.DeliveryTo(d)?.IsReport() != true);

    /// <summary>Where the pipeline's records go, and where this one went.</summary>
    public static IReadOnlyList<string> Known(Operation operation, IEnumerable<string> destinations) =>
        [.. destinations.Union(operation.Deliveries.Select(d => d.Destination), StringComparer.Ordinal)];

    public static string Unknown(Operation operation, string name, IEnumerable<string> destinations) =>
        $"{operation.Id} has no destination '{name.CutTo(MaxName)}'. Known: {string.Join(", ", Known(operation, destinations))}.";

    /// <summary>The state that decides what may be done for a destination; null while it has no delivery and the record is being fetched.</summary>
    public static OperationState? StateOf(Operation operation, string destination) => operation.DeliveryTo(destination) switch
    {
        { } delivery => operation.IsResting(delivery) ? operation.Enrichment.Shown() : delivery.State.Shown(),
        null when operation.Enrichment != EnrichmentState.Enriched || operation.Deliveries.IsEmpty => operation.Enrichment.Shown(),
        // The destination was added to the pipeline later: fetch the record for it.
        null => OperationState.Skipped,
    };

    /// <summary>An order of a record whose kind is unknown would be a second one: the record is found again under its kind.</summary>
    public static string UnknownKind(OperationId id) =>
        $"U-ON has not said whether {id} is a lead or a request, so no order can belong to it. Fetch it again, or discard it; a record that U-ON has is found under its own kind.";

    private static (ActionScope? Scope, string? Refusal) Named(
        Operation operation, OperatorActions action, ActionTarget target, string name, IReadOnlyList<string> destinations)
    {
        var state = StateOf(operation, name)!.Value;
        if (!state.Allowed().HasFlag(action) || target.States?.Contains(state) == false || !Has(ErrorOf(operation, name), target))
        {
            return (null, Refuse($"{operation.Id} to {name}", state, action));
        }

        return action == OperatorActions.Resolve || destinations.Contains(name, StringComparer.Ordinal)
            ? (new ActionScope([name], Enrichment: false), null)
            : (null, $"The pipeline no longer has the destination '{name}', so {operation.Id} can only be resolved there.");
    }

    /// <summary>An uncertain or held delivery is never resent because of another destination's failure. With one destination, no name is needed.</summary>
    private static bool MustBeNamed(Operation operation, string destination) =>
        operation.Orders.Skip(1).Any()
        && operation.DeliveryTo(destination) is { } delivery
        && (delivery.IsInDoubt() || delivery.State is DeliveryState.Held or DeliveryState.Discarded);

    /// <summary>A delivery that reports an outcome has no record to fetch and no field to correct.</summary>
    private static bool Concerns(Operation operation, OperatorActions action, string destination) =>
        action is OperatorActions.ReplaySend or OperatorActions.Resolve || operation.DeliveryTo(destination)?.IsReport() != true;

    private static bool Sends(OperatorActions action) => action is OperatorActions.ReplaySend or OperatorActions.Edit;

    private static bool Has(OperationError? error, ActionTarget target) => target.Error is null || error?.Code == target.Error;

    private static OperationError? ErrorOf(Operation operation, string destination) =>
        operation.DeliveryTo(destination) is { } delivery && !operation.IsResting(delivery) ? delivery.Error : operation.EnrichError;

    private static string Refuse(string what, OperationState state, OperatorActions action) =>
        $"{what} is {state}; this is possible from {string.Join(", ", Enum.GetValues<OperationState>().Where(s => s.Allowed().HasFlag(action)).OrderBy(Order))} only.";

    /// <summary>As docs/operations.md lists them.</summary>
    private static int Order(OperationState state) => Array.IndexOf(
        [OperationState.Waiting, OperationState.Held, OperationState.Skipped, OperationState.Failed, OperationState.Rejected, OperationState.Unconfirmed, OperationState.Uncertain, OperationState.Discarded],
        state);
}
