using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OperationsFunction.Sweep;

public sealed class ReleaseTests
{
    private static readonly OperationError Denied = new("offerum-denied", "Offerum refused our key.", Some.Destination);

    [Fact]
    public void A_held_order_goes_on_in_a_new_run_from_attempt_1()
    {
        var held = Some.Operation(Some.Delivery(DeliveryState.Held) with { Attempt = 6, Tries = 1, MayHaveArrived = true, Error = Denied });

        var released = Apply(held)!;

        var delivery = released.DeliveryTo(Some.Destination)!;
        Assert.Equal((Some.NewerRun, 1, OperationState.Enriched), (released.Run, released.Attempt, released.State));
        Assert.Equal((1, true, null), (delivery.Attempt, delivery.MayHaveArrived, delivery.Error));
        Assert.Equal(EventNames.Released, released.Events[^1].Name);
        Assert.Equal(Some.Message(Some.NewerRun, 1), Assert.Single(Outbox.Of(released)).Message);
    }

    [Fact]
    public void A_held_record_is_fetched_again_in_a_new_run()
    {
        var held = Some.Enriching(EnrichmentState.Held, attempt: 4) with
        {
            EnrichError = new OperationError(ErrorCodes.UonDenied, "U-ON refused our key.", Stages.Enrich),
        };

        var released = Apply(held)!;

        Assert.Equal((Some.NewerRun, 1, OperationState.Waiting), (released.Run, released.Attempt, released.State));
        Assert.Null(released.Error);
        Assert.Null(Assert.Single(Outbox.Of(released)).Destination);
    }

    [Fact]
    public void Nothing_is_released_while_its_own_breaker_is_open()
    {
        Assert.Null(Apply(Some.Operation(Some.Delivery(DeliveryState.Held)), closed: Some.Destination));
        Assert.Null(Apply(Some.Enriching(EnrichmentState.Held), closed: "uon"));
        Assert.NotNull(Apply(Some.Operation(Some.Delivery(DeliveryState.Held)), closed: "uon"));
    }

    [Fact]
    public void Only_what_is_held_is_released() =>
        Assert.All(
            [
                .. Enum.GetValues<DeliveryState>().Where(s => s != DeliveryState.Held).Select(s => Some.Operation(Some.Delivery(s))),
                .. Enum.GetValues<EnrichmentState>().Where(s => s != EnrichmentState.Held).Select(s => Some.Enriching(s)),
            ],
            operation => Assert.Null(Apply(operation)));

    [Theory]
    [InlineData(EnrichmentState.Skipped)]
    [InlineData(EnrichmentState.Failed)]
    public void What_is_held_is_released_after_the_enrichment_ended(EnrichmentState enrichment)
    {
        var released = Apply(Some.Operation(Some.Delivery(DeliveryState.Held)) with { Enrichment = enrichment })!;

        Assert.Equal(Some.Destination, Assert.Single(Outbox.Of(released)).Destination);
    }

    [Theory]
    [InlineData(DeliveryState.Enriched)]
    [InlineData(DeliveryState.Sending)]
    [InlineData(DeliveryState.Waiting)]
    [InlineData(DeliveryState.UncertainResending)]
    public void Beside_a_delivery_under_way_the_held_one_joins_its_run(DeliveryState underWay)
    {
        var other = Some.Delivery(underWay, Some.Other) with { NextTryAt = Some.Now };

        var released = Apply(Some.Operation(Some.Delivery(DeliveryState.Held), other))!;

        Assert.Equal(Some.Run, released.Run);
        Assert.Equal(3, released.DeliveryTo(Some.Destination)!.Attempt);
        Assert.Equal(other, released.DeliveryTo(Some.Other));
    }

    [Fact]
    public void Beside_a_delivery_that_is_sold_or_rests_a_new_run_begins()
    {
        var released = Apply(Some.Operation(
            Some.Delivery(DeliveryState.Held), Some.Delivery(DeliveryState.Delivered, Some.Other), Some.Delivery(DeliveryState.Uncertain, "third")))!;

        Assert.Equal(Some.NewerRun, released.Run);
        Assert.Equal(Some.Destination, Assert.Single(Outbox.Of(released)).Destination);
    }

    private static Operation? Apply(Operation operation, string? closed = null) =>
        Release.Apply(operation, breaker => breaker != closed, "uon", Some.NewerRun, Some.Now);
}
