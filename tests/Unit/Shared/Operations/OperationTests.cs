using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Operations;

public sealed class OperationTests
{
    [Fact]
    public void States_are_declared_in_the_order_that_deliveries_show_them() =>
        Assert.Equal(
            [
                OperationState.Failed, OperationState.Rejected, OperationState.Uncertain, OperationState.Unconfirmed, OperationState.Held,
                OperationState.Sending, OperationState.Waiting, OperationState.Enriched, OperationState.Duplicate, OperationState.Delivered,
                OperationState.Skipped, OperationState.Discarded,
            ],
            Enum.GetValues<OperationState>().Order());

    [Fact]
    public void With_several_deliveries_the_earlier_state_of_the_list_is_shown()
    {
        foreach (var (first, second) in from a in Enum.GetValues<DeliveryState>() from b in Enum.GetValues<DeliveryState>() select (a, b))
        {
            var operation = Some.Operation(Some.Delivery(first), Some.Delivery(second, Some.Other));

            Assert.Equal(first.Shown() < second.Shown() ? first.Shown() : second.Shown(), operation.State);
        }
    }

    [Fact]
    public void Until_the_record_is_read_the_enrichment_is_the_state()
    {
        Assert.Equal(OperationState.Failed, Some.Enriching(EnrichmentState.Failed).State);
        Assert.Equal(OperationState.Waiting, (Some.Operation(Some.Delivery(DeliveryState.Rejected)) with { Enrichment = EnrichmentState.Waiting }).State);
        Assert.Equal(OperationState.Enriched, Some.Operation().State);
    }

    [Theory]
    [InlineData(EnrichmentState.Skipped, DeliveryState.Uncertain, OperationState.Uncertain)]
    [InlineData(EnrichmentState.Skipped, DeliveryState.Delivered, OperationState.Delivered)]
    [InlineData(EnrichmentState.Failed, DeliveryState.Held, OperationState.Failed)]
    [InlineData(EnrichmentState.Waiting, DeliveryState.Uncertain, OperationState.Waiting)]
    public void An_enrichment_that_ended_is_shown_unless_a_delivery_comes_first(EnrichmentState enrichment, DeliveryState delivery, OperationState shown) =>
        Assert.Equal(shown, (Some.Operation(Some.Delivery(delivery)) with { Enrichment = enrichment }).State);

    [Fact]
    public void Sold_is_Delivered_and_Duplicate_and_nothing_else() =>
        Assert.Equal([DeliveryState.Delivered, DeliveryState.Duplicate], Enum.GetValues<DeliveryState>().Where(s => s.IsSold()));

    [Fact]
    public void Open_is_what_goes_on_by_itself() =>
        Assert.Equal(
            [DeliveryState.Enriched, DeliveryState.Waiting, DeliveryState.Sending, DeliveryState.Held, DeliveryState.UncertainResending],
            Enum.GetValues<DeliveryState>().Where(s => s.IsOpen()));

    [Fact]
    public void The_next_try_is_the_earliest_of_the_open_deliveries()
    {
        var operation = Some.Operation(
            Some.Delivery(DeliveryState.Waiting) with { NextTryAt = Some.Now.AddMinutes(5) },
            Some.Delivery(DeliveryState.UncertainResending, Some.Other) with { NextTryAt = Some.Now.AddMinutes(3) },
            Some.Delivery(DeliveryState.Held, "third"));

        Assert.Equal(Some.Now.AddMinutes(3), operation.NextTryAt);
    }

    [Fact]
    public void The_next_try_of_the_enrichment_counts_until_the_record_is_read()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Waiting) with { NextTryAt = Some.Now }) with
        {
            Enrichment = EnrichmentState.Waiting,
            EnrichAt = Some.Now.AddHours(1),
        };

        Assert.Equal(Some.Now.AddHours(1), operation.NextTryAt);
    }

    [Fact]
    public void The_error_shown_belongs_to_the_state_shown()
    {
        var unavailable = new OperationError("offerum-unavailable", "HTTP 503.", Some.Destination);
        var rejected = new OperationError("other-network-rejected", "Refused.", Some.Other);
        var operation = Some.Operation(
            Some.Delivery(DeliveryState.Waiting) with { Error = unavailable },
            Some.Delivery(DeliveryState.Rejected, Some.Other) with { Error = rejected });

        Assert.Equal(rejected, operation.Error);
        Assert.Equal(unavailable, Some.Operation(Some.Delivery(DeliveryState.Waiting) with { Error = unavailable }).Error);
    }

    [Fact]
    public void The_error_of_the_enrichment_is_shown_until_the_record_is_read()
    {
        var error = new OperationError(ErrorCodes.RecordNotFound, "U-ON has no lead with number 48213.", Stages.Enrich);

        Assert.Equal(error, (Some.Enriching(EnrichmentState.Failed) with { EnrichError = error }).Error);
        Assert.Null((Some.Operation(Some.Delivery(DeliveryState.Delivered)) with { EnrichError = error }).Error);
    }

    [Fact]
    public void A_delivery_is_replaced_in_its_place_and_raises_the_attempt()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Enriched), Some.Delivery(DeliveryState.Enriched, Some.Other));

        var next = operation.With(Some.Delivery(DeliveryState.Waiting) with { Attempt = 7 });

        Assert.Equal([Some.Destination, Some.Other], next.Deliveries.Select(d => d.Destination));
        Assert.Equal(DeliveryState.Waiting, next.DeliveryTo(Some.Destination)?.State);
        Assert.Equal(7, next.Attempt);
        Assert.Equal(7, next.With(Some.Delivery(DeliveryState.Held, Some.Other)).Attempt);
    }

    [Fact]
    public void Telling_adds_a_line_and_moves_the_time()
    {
        var operation = Some.Enriching(EnrichmentState.Waiting, attempt: 3).WithEvent(Some.Now, EventNames.Retry, "HTTP 503");

        Assert.Equal(new OperationEvent(Some.Now, "retry", 3, "HTTP 503"), operation.Events[^1]);
        Assert.Equal(Some.Now, operation.UpdatedAt);
    }
}
