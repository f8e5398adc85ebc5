using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Tests.Unit.Shared.Gates;

public sealed class ReleaseTests
{
    private static readonly OperationError Denied = new("offerum-denied", "Offerum refused our key.", Some.Destination);

    [Fact]
    public void A_held_order_goes_on_in_a_new_run_from_attempt_1()
    {
        var held = Some.Operation(Some.Delivery(OperationState.Held) with { Attempt = 6, Tries = 1, Doubtful = true, Error = Denied });

        var released = Apply(held)!;

        var delivery = released.DeliveryTo(Some.Destination)!;
        Assert.Equal((Some.NewerRun, 1, OperationState.Enriched), (released.Run, released.Attempt, released.State));
        Assert.Equal((1, true, null), (delivery.Attempt, delivery.Doubtful, delivery.Error));
        Assert.Equal(EventNames.Released, released.Events[^1].Name);
        Assert.Equal(Some.Message(Some.NewerRun, 1), Assert.Single(Promises.Of(released)).Message);
    }

    [Fact]
    public void A_held_record_is_fetched_again_in_a_new_run()
    {
        var held = Some.Enriching(OperationState.Held, attempt: 4) with
        {
            EnrichError = new OperationError(ErrorCodes.UonDenied, "U-ON refused our key.", Stages.Enrich),
        };

        var released = Apply(held)!;

        Assert.Equal((Some.NewerRun, 1, OperationState.Waiting), (released.Run, released.Attempt, released.State));
        Assert.Null(released.Error);
        Assert.Null(Assert.Single(Promises.Of(released)).Destination);
    }

    [Fact]
    public void Nothing_is_released_while_its_own_gate_is_closed()
    {
        Assert.Null(Apply(Some.Operation(Some.Delivery(OperationState.Held)), closed: Some.Destination));
        Assert.Null(Apply(Some.Enriching(OperationState.Held), closed: "uon"));
        Assert.NotNull(Apply(Some.Operation(Some.Delivery(OperationState.Held)), closed: "uon"));
    }

    [Fact]
    public void Only_what_is_held_is_released() =>
        Assert.All(Enum.GetValues<OperationState>().Where(s => s != OperationState.Held), state =>
        {
            Assert.Null(Apply(Some.Operation(Some.Delivery(state))));
            Assert.Null(Apply(Some.Enriching(state)));
        });

    [Theory]
    [InlineData(OperationState.Enriched)]
    [InlineData(OperationState.Sending)]
    [InlineData(OperationState.Waiting)]
    [InlineData(OperationState.Uncertain)]
    public void Beside_a_delivery_under_way_the_held_one_joins_its_run(OperationState underWay)
    {
        var other = Some.Delivery(underWay, Some.Other) with { NextTryAt = Some.Now };

        var released = Apply(Some.Operation(Some.Delivery(OperationState.Held), other))!;

        Assert.Equal(Some.Run, released.Run);
        Assert.Equal(3, released.DeliveryTo(Some.Destination)!.Attempt);
        Assert.Equal(other, released.DeliveryTo(Some.Other));
    }

    [Fact]
    public void Beside_a_delivery_that_is_sold_or_rests_a_new_run_begins()
    {
        var released = Apply(Some.Operation(
            Some.Delivery(OperationState.Held), Some.Delivery(OperationState.Delivered, Some.Other), Some.Delivery(OperationState.Uncertain, "third")))!;

        Assert.Equal(Some.NewerRun, released.Run);
        Assert.Equal(Some.Destination, Assert.Single(Promises.Of(released)).Destination);
    }

    private static Operation? Apply(Operation operation, string? closed = null) =>
        Release.Apply(operation, gate => gate != closed, "uon", Some.NewerRun, Some.Now);
}
