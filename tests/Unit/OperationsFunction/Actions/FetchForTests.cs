using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OperationsFunction.Actions;

/// <summary>For which destinations a record is fetched that an operator fetches again; null: for all.</summary>
public sealed class FetchForTests
{
    private static readonly string[] Destinations = [Some.Destination, Some.Other];

    [Theory]
    [InlineData(EnrichmentState.Failed)]
    [InlineData(EnrichmentState.Discarded)]
    public void A_record_without_deliveries_is_fetched_for_all(EnrichmentState state) =>
        Assert.Null(FetchFor(Some.Enriching(state) with { FetchFor = [Some.Other] }));

    [Fact]
    public void A_fetch_that_failed_is_repeated_for_the_destinations_it_had()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Delivered)) with { Enrichment = EnrichmentState.Failed };

        Assert.Equal([Some.Other], FetchFor(operation with { FetchFor = [Some.Other] }));
        Assert.Null(FetchFor(operation));
    }

    [Fact]
    public void A_fetch_under_way_goes_on_for_those_it_serves_and_for_the_named_one()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Failed), Some.Delivery(DeliveryState.Discarded, Some.Other)) with
        {
            Enrichment = EnrichmentState.Waiting,
        };

        Assert.Null(FetchFor(operation, Some.Destination));
        Assert.Equal([Some.Destination, Some.Other], FetchFor(operation, Some.Other));
        Assert.Equal([Some.Other, Some.Destination], FetchFor(operation with { FetchFor = [Some.Other] }, Some.Destination));
    }

    [Theory]
    [InlineData(EnrichmentState.Enriched, null, true)]
    [InlineData(EnrichmentState.Waiting, null, false)]
    [InlineData(EnrichmentState.Waiting, Some.Destination, true)]
    public void What_was_refused_is_sent_again_unchanged_if_the_operator_means_it(EnrichmentState enrichment, string? named, bool isResent)
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Rejected), Some.Delivery(DeliveryState.Delivered, Some.Other)) with { Enrichment = enrichment };

        Assert.Equal((isResent, false), (FetchAgain(operation, named).Deliveries[0].ResendUnchanged, FetchAgain(operation, named).Deliveries[1].ResendUnchanged));
    }

    [Fact]
    public void The_only_order_needs_no_name() =>
        Assert.True(FetchAgain(Some.Operation(Some.Delivery(DeliveryState.Rejected)) with { Enrichment = EnrichmentState.Waiting }).Deliveries[0].ResendUnchanged);

    private static IEnumerable<string>? FetchFor(Operation operation, string? named = null) => FetchAgain(operation, named).FetchFor;

    private static Operation FetchAgain(Operation operation, string? named = null)
    {
        var target = named is null ? ActionTarget.Shown : ActionTarget.To(named);
        var (next, refusal) = ActionRules.Apply(operation, new OperatorAction.ReplayEnrich(null), Destinations, Some.NewerRun, Some.Now, target);
        Assert.True(next is not null, refusal);
        return next;
    }
}
