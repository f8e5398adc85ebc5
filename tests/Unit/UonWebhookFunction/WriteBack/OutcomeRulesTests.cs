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

        Assert.Equal(outcome, OutcomeRules.New(Sale(DeliveryState.Sending), after).SingleOrDefault()?.Outcome);
        Assert.Empty(OutcomeRules.New(after, after));
    }

    [Fact]
    public void The_first_destination_is_the_sale_and_a_chat_is_not()
    {
        var before = Sale(DeliveryState.Delivered).With(Some.Delivery(DeliveryState.Sending, "telegram"));

        Assert.Empty(OutcomeRules.New(before, before.With(Some.Delivery(DeliveryState.Delivered, "telegram"))));
    }

    [Fact]
    public void A_verdict_is_an_outcome_and_waiting_is_none()
    {
        var sold = Sale(DeliveryState.Delivered);
        var waiting = sold with { Postback = new Postback("waiting", null, null, Some.Now) };
        var approved = sold with { Postback = new Postback("approved", "900", "RUB", Some.Now) };

        Assert.Empty(OutcomeRules.New(sold, waiting));
        var report = Assert.Single(OutcomeRules.New(waiting, approved));
        Assert.Equal(("approved", "900", "RUB"), (report.Outcome, report.Payout, report.Currency));
        Assert.Single(OutcomeRules.New(approved, sold with { Postback = approved.Postback! with { Payout = "950" } }));
    }

    [Fact]
    public void A_postback_that_proves_the_order_brings_both()
    {
        var after = Sale(DeliveryState.Delivered) with { Postback = new Postback("approved", "900", "RUB", Some.Now) };

        Assert.Equal(["delivered", "approved"], OutcomeRules.New(Sale(DeliveryState.Uncertain), after).Select(report => report.Outcome));
    }

    [Fact]
    public void Only_what_is_configured_opens_the_write_back()
    {
        var catalog = TestPipelines.Read([.. TestPipelines.Whole("main"), .. TestPipelines.Under("main", [("Uon:WriteBack:approved:Note", "x")])]);
        var followUps = new WriteBackFollowUps(catalog);
        var sold = Sale(DeliveryState.Delivered);
        var approved = sold with { Postback = new Postback("approved", "900", "RUB", Some.Now) };

        Assert.Same(sold, followUps.Apply(Sale(DeliveryState.Sending), sold));
        var opened = followUps.Apply(sold, approved);
        Assert.Equal(DeliveryState.Enriched, opened.DeliveryTo("uon-write")!.State);
        Assert.Equal(OperationState.Delivered, opened.State);
        Assert.Same(approved, new WriteBackFollowUps(TestPipelines.Read(TestPipelines.Whole("main"))).Apply(sold, approved));
    }

    private static Operation Sale(DeliveryState state) => Some.Operation(Some.Delivery(state, "offerum"));
}
