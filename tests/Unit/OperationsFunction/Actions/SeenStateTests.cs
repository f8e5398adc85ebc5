using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OperationsFunction.Actions;

/// <summary>An order that came into doubt after the operator looked is not sent again by what they decided before.</summary>
public sealed class SeenStateTests
{
    private static readonly OperatorAction[] Sending =
        [new OperatorAction.ReplaySend("Olga"), new OperatorAction.Edit(Some.Fields(("client_name", "Мария")), "Olga")];

    private static readonly Operation Uncertain = Some.Operation(Some.Delivery(DeliveryState.Uncertain));

    [Theory]
    [InlineData(null, false)]
    [InlineData(Some.Run, false)]
    [InlineData(Some.OlderRun, null)]
    [InlineData(Some.OlderRun, false)]
    [InlineData(Some.OlderRun, true)]
    public void A_doubt_that_the_operator_did_not_see_is_not_sent_again(string? run, bool? mayHaveArrived) =>
        Assert.All(Sending, action => Assert.Equal(
            "main/lead/48213 has changed since it was shown, and offerum may have the order. Look for the order in the destination's cabinet: mark it delivered, or send it again.",
            Apply(Uncertain, action, run, mayHaveArrived).Refusal));

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, true)]
    [InlineData(Some.Run, null)]
    [InlineData(Some.Run, true)]
    public void A_doubt_that_was_seen_is_sent_again_as_before(string? run, bool? mayHaveArrived) =>
        Assert.All(Sending, action => Assert.True(Apply(Uncertain, action, run, mayHaveArrived).Next!.DeliveryTo(Some.Destination)!.ResendApproved));

    [Fact]
    public void A_doubt_that_was_held_meanwhile_is_not_fetched_again()
    {
        var held = Some.Operation(Some.Delivery(DeliveryState.Held) with { MayHaveArrived = true });

        Assert.NotNull(Apply(held, new OperatorAction.ReplayEnrich(null), Some.Run, mayHaveArrived: false).Refusal);
        Assert.Null(Apply(held, new OperatorAction.ReplayEnrich(null), Some.Run, mayHaveArrived: true).Refusal);
    }

    [Fact]
    public void What_is_in_no_doubt_is_sent_whatever_has_changed() =>
        Assert.All(Sending, action => Assert.Null(Apply(Some.Operation(Some.Delivery(DeliveryState.Failed)), action, Some.OlderRun, mayHaveArrived: false).Refusal));

    [Fact]
    public void A_doubt_at_another_destination_does_not_matter() =>
        Assert.All(Sending, action => Assert.Null(Apply(
            Some.Operation(Some.Delivery(DeliveryState.Failed), Some.Delivery(DeliveryState.Uncertain, Some.Other)), action, Some.Run, mayHaveArrived: false).Refusal));

    [Fact]
    public void An_operation_is_resolved_whatever_has_changed() =>
        Assert.Null(Apply(Uncertain, new OperatorAction.ResolveDelivered("5", null, null), Some.OlderRun, mayHaveArrived: false).Refusal);

    private static (Operation? Next, string? Refusal) Apply(Operation operation, OperatorAction action, string? run, bool? mayHaveArrived) =>
        ActionRules.Apply(
            operation, action, operation.Deliveries.Select(d => d.Destination), Some.NewerRun, Some.Now, ActionTarget.Shown with { Seen = new SeenState(run, mayHaveArrived) });
}
