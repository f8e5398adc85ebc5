using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OperationsFunction.Actions;

/// <summary>What an action leaves of the enrichment and of what it was not asked about.</summary>
public sealed class ResolutionsTests
{
    private static readonly string[] Two = [Some.Destination, Some.Other];

    private static readonly OperatorAction Send = new OperatorAction.ReplaySend(null);
    private static readonly OperatorAction Discard = new OperatorAction.Discard(null, null);

    private static readonly OperationError NoPhone = new(ErrorCodes.NoPhone, "No phone.", Stages.Enrich);

    [Fact]
    public void A_record_discarded_before_its_deliveries_gets_none()
    {
        var next = Apply(Some.Enriching(EnrichmentState.Failed) with { EnrichError = NoPhone, FetchFor = [Some.Other] }, Discard);

        Assert.Equal((EnrichmentState.Discarded, null, null), (next.Enrichment, next.EnrichError, next.FetchFor));
        Assert.Empty(next.Deliveries);
    }

    [Fact]
    public void A_fetch_that_is_discarded_takes_what_waits_for_it_along()
    {
        var next = Apply(Some.Operation(Some.Delivery(DeliveryState.Failed)) with { Enrichment = EnrichmentState.Waiting }, Discard);

        Assert.Equal((EnrichmentState.Discarded, DeliveryState.Discarded), (next.Enrichment, Assert.Single(next.Deliveries).State));
    }

    [Fact]
    public void A_discard_withdraws_the_approval_to_send_again()
    {
        var next = Apply(Some.Operation(Some.Delivery(DeliveryState.Held) with { MayHaveArrived = true, ResendApproved = true, Sends = 1 }), Discard);

        Assert.Equal((DeliveryState.Discarded, true, false), (next.Deliveries[0].State, next.Deliveries[0].MayHaveArrived, next.Deliveries[0].ResendApproved));
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData(null, "5")]
    public void An_order_seen_without_an_id_keeps_the_one_it_has(string? told, string expected)
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Uncertain) with { OrderId = "5" });

        Assert.Equal(expected, Apply(operation, new OperatorAction.ResolveDelivered(told, null, null)).Deliveries[0].OrderId);
    }

    [Fact]
    public void What_is_sent_by_name_is_no_longer_fetched_and_the_others_are()
    {
        var report = Some.Delivery(DeliveryState.Failed, "report") with { Reports = [] };
        var operation = Some.Operation(Some.Delivery(DeliveryState.Failed), Some.Delivery(DeliveryState.Uncertain, Some.Other), report) with
        {
            Enrichment = EnrichmentState.Waiting,
        };

        var next = Apply(operation, Send, Some.Other, [.. Two, "report"]);

        Assert.Equal((EnrichmentState.Waiting, DeliveryState.Enriched), (next.Enrichment, next.DeliveryTo(Some.Other)!.State));
        Assert.Equal([Some.Destination], next.FetchFor);
    }

    [Fact]
    public void A_failed_fetch_stays_while_a_destination_has_no_delivery()
    {
        var next = Apply(Some.Operation(Some.Delivery(DeliveryState.Uncertain)) with { Enrichment = EnrichmentState.Failed, EnrichError = NoPhone }, Send, Some.Destination);

        Assert.Equal((EnrichmentState.Failed, NoPhone, null), (next.Enrichment, next.EnrichError, next.FetchFor));
    }

    [Fact]
    public void A_failed_fetch_ends_with_the_last_destination_that_has_a_delivery()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Uncertain), Some.Delivery(DeliveryState.Delivered, Some.Other)) with
        {
            Enrichment = EnrichmentState.Failed,
            EnrichError = NoPhone,
        };

        var next = Apply(operation, Send, Some.Destination);

        Assert.Equal((EnrichmentState.Enriched, null), (next.Enrichment, next.EnrichError));
    }

    private static Operation Apply(Operation operation, OperatorAction action, string? named = null, string[]? destinations = null)
    {
        var (next, refusal) = ActionRules.Apply(operation, action, destinations ?? Two, Some.NewerRun, Some.Now, ActionTarget.To(named));
        Assert.True(next is not null, refusal);
        return next;
    }
}
