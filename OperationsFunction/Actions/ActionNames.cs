using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>The operators' actions as the API names them, and which of them <see cref="ActionRules"/> accepts. Pure.</summary>
public static class ActionNames
{
    private static readonly (string Name, OperatorActions Action)[] All =
    [
        ("replay-enrich", OperatorActions.ReplayEnrich), ("replay-send", OperatorActions.ReplaySend), ("edit", OperatorActions.Edit), ("resolve", OperatorActions.Resolve),
    ];

    /// <summary>Actions that may be requested without naming a destination.</summary>
    /// <param name="operation">As stored in the journal.</param>
    /// <param name="isRetired">Its pipeline is gone from the settings: it can be discarded and nothing else.</param>
    public static IReadOnlyList<string> AllowedFor(Operation operation, bool isRetired = false) => AllowedFor(operation, isRetired, ActionTarget.Shown);

    /// <summary>Actions that may be requested for the delivery's destination.</summary>
    public static IReadOnlyList<string> AllowedFor(Operation operation, Delivery delivery, bool isRetired = false) =>
        AllowedFor(operation, isRetired, ActionTarget.To(delivery.Destination));

    private static IReadOnlyList<string> AllowedFor(Operation operation, bool isRetired, ActionTarget target)
    {
        var destinations = operation.Deliveries.ConvertAll(d => d.Destination);
        return [.. All
            .Where(a => !isRetired || a.Action == OperatorActions.Resolve)
            .Where(a => ActionScope.Of(operation, a.Action, target, destinations).Scope is { } scope
                && (a.Action != OperatorActions.ReplaySend || !scope.NeedsPhone(operation) || operation.Fields[PhoneIndex.PhoneField] is not null))
            .Select(a => a.Name)];
    }
}
