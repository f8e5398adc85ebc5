using UonOfferum.Shared.Journal;

namespace UonOfferum.Tests.Unit.Shared.Journal;

public sealed class OperationTests
{
    [Fact]
    public void States_are_declared_in_the_order_in_which_several_deliveries_show_them() =>
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
        foreach (var (first, second) in from a in Enum.GetValues<OperationState>() from b in Enum.GetValues<OperationState>() select (a, b))
        {
            var operation = Some.Operation(Some.Delivery(first), Some.Delivery(second, Some.Other));

            Assert.Equal(first < second ? first : second, operation.State);
        }
    }

    [Fact]
    public void Until_the_record_is_read_the_enrichment_is_the_state()
    {
        Assert.Equal(OperationState.Failed, Some.Enriching(OperationState.Failed).State);
        Assert.Equal(OperationState.Waiting, (Some.Operation(Some.Delivery(OperationState.Rejected)) with { Enrichment = OperationState.Waiting }).State);
        Assert.Equal(OperationState.Enriched, Some.Operation().State);
    }

    [Fact]
    public void Sold_is_Delivered_and_Duplicate_and_nothing_else() =>
        Assert.Equal([OperationState.Duplicate, OperationState.Delivered], Enum.GetValues<OperationState>().Where(s => s.IsSold()));

    [Fact]
    public void Open_is_what_goes_on_by_itself() =>
        Assert.Equal(
            [OperationState.Uncertain, OperationState.Held, OperationState.Sending, OperationState.Waiting, OperationState.Enriched],
            Enum.GetValues<OperationState>().Where(s => s.IsOpen()));

    [Fact]
    public void The_next_try_is_the_earliest_of_the_open_deliveries()
    {
        var operation = Some.Operation(
            Some.Delivery(OperationState.Waiting) with { NextTryAt = Some.Now.AddMinutes(5) },
            Some.Delivery(OperationState.Uncertain, Some.Other) with { NextTryAt = Some.Now.AddMinutes(3) },
            Some.Delivery(OperationState.Held, "third"));

        Assert.Equal(Some.Now.AddMinutes(3), operation.NextTryAt);
    }

    [Fact]
    public void The_next_try_of_the_enrichment_counts_until_the_record_is_read()
    {
        var operation = Some.Operation(Some.Delivery(OperationState.Waiting) with { NextTryAt = Some.Now }) with
        {
            Enrichment = OperationState.Waiting,
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
            Some.Delivery(OperationState.Waiting) with { Error = unavailable },
            Some.Delivery(OperationState.Rejected, Some.Other) with { Error = rejected });

        Assert.Equal(rejected, operation.Error);
        Assert.Equal(unavailable, Some.Operation(Some.Delivery(OperationState.Waiting) with { Error = unavailable }).Error);
    }

    [Fact]
    public void The_error_of_the_enrichment_is_shown_until_the_record_is_read()
    {
        var error = new OperationError(ErrorCodes.RecordNotFound, "U-ON has no lead with number 48213.", Stages.Enrich);

        Assert.Equal(error, (Some.Enriching(OperationState.Failed) with { EnrichError = error }).Error);
        Assert.Null((Some.Operation(Some.Delivery(OperationState.Delivered)) with { EnrichError = error }).Error);
    }

    [Fact]
    public void A_delivery_is_replaced_in_its_place_and_raises_the_attempt()
    {
        var operation = Some.Operation(Some.Delivery(OperationState.Enriched), Some.Delivery(OperationState.Enriched, Some.Other));

        var next = operation.With(Some.Delivery(OperationState.Waiting) with { Attempt = 7 });

        Assert.Equal([Some.Destination, Some.Other], next.Deliveries.Select(d => d.Destination));
        Assert.Equal(OperationState.Waiting, next.DeliveryTo(Some.Destination)?.State);
        Assert.Equal(7, next.Attempt);
        Assert.Equal(7, next.With(Some.Delivery(OperationState.Held, Some.Other)).Attempt);
    }

    [Fact]
    public void Telling_adds_a_line_and_moves_the_time()
    {
        var operation = Some.Enriching(OperationState.Waiting, attempt: 3).Tell(Some.Now, EventNames.Retry, "HTTP 503");

        Assert.Equal(new OperationEvent(Some.Now, "retry", 3, "HTTP 503"), operation.Events[^1]);
        Assert.Equal(Some.Now, operation.UpdatedAt);
    }
}
