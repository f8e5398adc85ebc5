using static UonOfferum.Shared.Operations.OperatorActions;

namespace UonOfferum.Shared.Operations;

/// <summary>The meaning of a delivery state.</summary>
/// <param name="Shown">As the operation and the API show it, and as it is indexed.</param>
/// <param name="IsSold">The destination has the lead. Nothing ever sends it again.</param>
/// <param name="IsOpen">It continues without an operator.</param>
/// <param name="ExpectsMessage">A message of its queue continues it; the sweep resends that message when it is overdue.</param>
/// <param name="NeedsOperator">No message will change it: the failure function has to notify an operator.</param>
/// <param name="IsInDoubt">The destination may have the order, but no reply confirms it.</param>
/// <param name="IsFetchedAgain">A newer webhook's enrichment re-evaluates it.</param>
/// <param name="Allowed">What an operator may do with it.</param>
public sealed record DeliveryStateRule(
    OperationState Shown, bool IsSold, bool IsOpen, bool ExpectsMessage, bool NeedsOperator, bool IsInDoubt, bool IsFetchedAgain, OperatorActions Allowed);

/// <summary>The table of all delivery states and their meaning.</summary>
public static class DeliveryStates
{
    private const OperatorActions Send = ReplaySend | Edit | Resolve;

    private static readonly Dictionary<DeliveryState, DeliveryStateRule> Rules = new()
    {
        // Shown, sold, open, expects a message, needs an operator, in doubt, fetched again, allowed.
        [DeliveryState.Enriched] = new(OperationState.Enriched, false, true, true, false, false, true, None),
        [DeliveryState.Waiting] = new(OperationState.Waiting, false, true, true, false, false, true, ReplayEnrich | Resolve),
        [DeliveryState.Sending] = new(OperationState.Sending, false, true, true, false, false, false, None),
        [DeliveryState.Held] = new(OperationState.Held, false, true, false, false, false, true, ReplayEnrich | Send),
        [DeliveryState.UncertainResending] = new(OperationState.Uncertain, false, true, true, false, true, false, Send),
        [DeliveryState.Uncertain] = new(OperationState.Uncertain, false, false, false, true, true, false, Send),
        [DeliveryState.Unconfirmed] = new(OperationState.Unconfirmed, false, false, false, true, true, false, Send),
        [DeliveryState.Rejected] = new(OperationState.Rejected, false, false, false, true, false, true, ReplayEnrich | Send),
        [DeliveryState.Failed] = new(OperationState.Failed, false, false, false, true, false, true, ReplayEnrich | Send),
        [DeliveryState.Delivered] = new(OperationState.Delivered, true, false, false, false, false, false, None),
        [DeliveryState.Duplicate] = new(OperationState.Duplicate, true, false, false, false, false, false, None),
        [DeliveryState.Skipped] = new(OperationState.Skipped, false, false, false, false, false, true, ReplayEnrich),
        [DeliveryState.Discarded] = new(OperationState.Discarded, false, false, false, false, false, false, ReplayEnrich),
    };

    /// <summary>By the shown state; both kinds of Uncertain allow the same actions.</summary>
    private static readonly Dictionary<OperationState, OperatorActions> AllowedByShown =
        Rules.Values.GroupBy(r => r.Shown).ToDictionary(g => g.Key, g => g.Aggregate(None, (all, r) => all | r.Allowed));

    public static DeliveryStateRule Rule(this DeliveryState state) => Rules[state];

    public static OperationState Shown(this DeliveryState state) => state.Rule().Shown;

    public static bool IsSold(this DeliveryState state) => state.Rule().IsSold;

    public static bool IsOpen(this DeliveryState state) => state.Rule().IsOpen;

    public static bool ExpectsMessage(this DeliveryState state) => state.Rule().ExpectsMessage;

    public static bool NeedsOperator(this DeliveryState state) => state.Rule().NeedsOperator;

    /// <summary>The actions allowed in a shown state, of a delivery or of the enrichment.</summary>
    public static OperatorActions Allowed(this OperationState shown) => AllowedByShown[shown];

    /// <summary>The claim result for the state after a reply.</summary>
    public static ClaimResult AsClaimResult(this DeliveryState state) => state == DeliveryState.Enriched
        // A report was delivered, and an outcome that arrived in the meantime is sent next.
        ? ClaimResult.Delivered
        : Enum.Parse<ClaimResult>(state.Shown().ToString());

    /// <summary>The stored form, which every version can read: Uncertain, with a next attempt if it will be resent.</summary>
    internal static Delivery ForStorage(Delivery delivery) =>
        delivery.State == DeliveryState.UncertainResending ? delivery with { State = DeliveryState.Uncertain } : delivery;

    internal static Delivery FromStorage(Delivery delivery) =>
        delivery is { State: DeliveryState.Uncertain, NextTryAt: not null } ? delivery with { State = DeliveryState.UncertainResending } : delivery;
}
