using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OperationsFunction.Actions;

/// <summary>Which destinations an action may name, and what decides there.</summary>
public sealed class ActionScopeTests
{
    private const string Gone = "gone";

    private static readonly string[] Destinations = [Some.Destination, Some.Other];

    private static readonly OperatorAction Send = new OperatorAction.ReplaySend(null);
    private static readonly OperatorAction Resolve = new OperatorAction.ResolveDelivered(null, null, null);

    [Fact]
    public void A_name_that_is_no_destination_is_refused_with_those_that_are() =>
        Assert.Equal(
            "main/lead/48213 has no destination 'fax'. Known: offerum, other-network, gone.",
            Refusal(Some.Operation(Some.Delivery(DeliveryState.Failed, Gone)), Send, ActionTarget.To("fax")));

    [Fact]
    public void To_a_destination_that_was_removed_nothing_is_sent_but_it_is_resolved()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Failed, Gone));

        Assert.Equal(
            "The pipeline no longer has the destination 'gone', so main/lead/48213 can only be resolved there.",
            Refusal(operation, Send, ActionTarget.To(Gone)));
        Assert.Null(Refusal(operation, Resolve, ActionTarget.To(Gone)));
    }

    [Fact]
    public void A_bulk_action_leaves_a_named_destination_in_another_state()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Rejected), Some.Delivery(DeliveryState.Failed, Some.Other));

        Assert.NotNull(Refusal(operation, Send, new ActionTarget(Some.Destination, [OperationState.Failed])));
        Assert.Null(Refusal(operation, Send, new ActionTarget(Some.Other, [OperationState.Failed])));
        Assert.Null(Refusal(operation, Send, new ActionTarget(null, [OperationState.Delivered, OperationState.Failed])));
    }

    [Fact]
    public void What_waits_for_a_fetch_has_the_state_of_the_fetch()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Failed), Some.Delivery(DeliveryState.Uncertain, Some.Other)) with
        {
            Enrichment = EnrichmentState.Waiting,
        };

        Assert.Equal(OperationState.Waiting, ActionScope.StateOf(operation, Some.Destination));
        Assert.Equal(OperationState.Uncertain, ActionScope.StateOf(operation, Some.Other));
    }

    [Theory]
    [InlineData(EnrichmentState.Failed, true, OperationState.Failed)]
    [InlineData(EnrichmentState.Enriched, true, OperationState.Skipped)]
    [InlineData(EnrichmentState.Enriched, false, OperationState.Enriched)]
    public void A_destination_without_a_delivery_has_the_state_of_the_fetch(EnrichmentState fetch, bool hasOther, OperationState expected)
    {
        var operation = (hasOther ? Some.Operation(Some.Delivery(DeliveryState.Delivered)) : Some.Operation()) with { Enrichment = fetch };

        Assert.Equal(expected, ActionScope.StateOf(operation, Some.Other));
    }

    [Fact]
    public void A_destination_added_later_is_not_sent_to_with_one_that_failed()
    {
        var next = ActionRules.Apply(Some.Operation(Some.Delivery(DeliveryState.Failed)), Send, Destinations, Some.NewerRun, Some.Now).Next!;

        Assert.Equal([Some.Destination], next.Deliveries.Select(d => d.Destination));
    }

    private static string? Refusal(Operation operation, OperatorAction action, ActionTarget target) =>
        ActionRules.Apply(operation, action, Destinations, Some.NewerRun, Some.Now, target).Refusal;
}
