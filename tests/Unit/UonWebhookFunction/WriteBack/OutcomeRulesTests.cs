using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.Shared.Configuration;
using UonOfferum.UonWebhookFunction.WriteBack;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.WriteBack;

public sealed class OutcomeRulesTests
{
    [Theory]
    [InlineData(DeliveryState.Delivered, "delivered")]
    [InlineData(DeliveryState.Duplicate, "duplicate")]
    [InlineData(DeliveryState.Rejected, "rejected")]
    [InlineData(DeliveryState.Failed, null)]
    [InlineData(DeliveryState.Uncertain, null)]
    [InlineData(DeliveryState.Held, null)]
    public void An_answer_is_an_outcome_once(DeliveryState state, string? outcome)
    {
        var after = Sale(state);

        Assert.Equal(outcome, New(Sale(DeliveryState.Sending), after).SingleOrDefault()?.Outcome);
        Assert.Empty(New(after, after));
    }

    [Fact]
    public void The_first_destination_is_the_sale_and_a_chat_is_not()
    {
        var before = Sale(DeliveryState.Delivered).With(Some.Delivery(DeliveryState.Sending, "telegram"));

        Assert.Empty(New(before, before.With(Some.Delivery(DeliveryState.Delivered, "telegram"))));
    }

    /// <summary>A destination that was configured later has its delivery behind the others.</summary>
    [Fact]
    public void The_sale_is_the_first_of_the_apps_destinations()
    {
        var before = Some.Operation(Some.Delivery(DeliveryState.Delivered, "telegram"), Some.Delivery(DeliveryState.Sending, "offerum"));
        var after = before.With(Some.Delivery(DeliveryState.Rejected, "offerum") with { OrderId = "77" });

        Assert.Equal(("rejected", "77"), New(before, after).Select(report => (report.Outcome, report.OrderId)).Single());
        Assert.Equal("gone", OutcomeRules.SaleOf(Some.Operation(Some.Delivery(DeliveryState.Delivered, "gone")), Destinations)?.Destination);
    }

    [Fact]
    public void A_verdict_is_an_outcome_and_waiting_is_none()
    {
        var sold = Sale(DeliveryState.Delivered);
        var waiting = sold with { Postback = new Postback("waiting", null, null, Some.Now) };
        var approved = sold with { Postback = new Postback("approved", "900", "RUB", Some.Now) };

        Assert.Empty(New(sold, waiting));
        var report = Assert.Single(New(waiting, approved));
        Assert.Equal(("approved", "900", "RUB"), (report.Outcome, report.Payout, report.Currency));
        Assert.Single(New(approved, sold with { Postback = approved.Postback! with { Payout = "950" } }));
    }

    [Fact]
    public void A_postback_that_proves_the_order_brings_both()
    {
        var after = Sale(DeliveryState.Delivered) with { Postback = new Postback("approved", "900", "RUB", Some.Now) };

        Assert.Equal(["delivered", "approved"], New(Sale(DeliveryState.Uncertain), after).Select(report => report.Outcome));
    }

    [Fact]
    public void Only_what_is_configured_opens_the_write_back()
    {
        var catalog = TestPipelines.Read([.. TestPipelines.Whole("main"), .. TestPipelines.Under("main", [("Uon:WriteBack:approved:Note", "x")])]);
        var followUps = new WriteBackFollowUps(catalog, Queues);
        var sold = Sale(DeliveryState.Delivered);
        var approved = sold with { Postback = new Postback("approved", "900", "RUB", Some.Now) };

        Assert.Same(sold, followUps.Apply(Sale(DeliveryState.Sending), sold));
        var opened = followUps.Apply(sold, approved);
        Assert.Equal(DeliveryState.Enriched, opened.DeliveryTo("uon-write")!.State);
        Assert.Equal(OperationState.Delivered, opened.State);
        Assert.Same(approved, new WriteBackFollowUps(TestPipelines.Read(TestPipelines.Whole("main")), Queues).Apply(sold, approved));
    }

    private static readonly string[] Destinations = ["uon-write", "offerum", "telegram"];

    private static readonly IEnumerable<DestinationQueue> Queues = Destinations.Select(name => new DestinationQueue(name, $"{name}-orders"));

    private static IEnumerable<OutcomeReport> New(Operation before, Operation after) => OutcomeRules.New(before, after, Destinations);

    private static Operation Sale(DeliveryState state) => Some.Operation(Some.Delivery(state, "offerum"));
}
