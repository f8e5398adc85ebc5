using UonOfferum.OfferumSenderFunction.Postbacks;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OfferumSenderFunction.Postbacks;

public sealed class PostbackRulesTests
{
    private static readonly OfferumPostback Approved = new("lead-48213", null, "approved", "350", "RUB");

    public static TheoryData<DeliveryState> NotSold => [.. Enum.GetValues<DeliveryState>().Where(state => !state.IsSold())];

    [Theory]
    [MemberData(nameof(NotSold))]
    public void A_postback_makes_a_sent_order_Delivered_whatever_its_POST_came_to(DeliveryState state)
    {
        var next = Apply(Sent(state), Approved with { OrderId = "77" })!;

        var delivery = next.DeliveryTo(Some.Destination)!;
        Assert.Equal((DeliveryState.Delivered, "77", null, null, false), (delivery.State, delivery.OrderId, delivery.NextTryAt, delivery.Error, delivery.MayHaveArrived));
        Assert.Equal([EventNames.Postback, EventNames.Delivered], next.Events.Skip(1).Select(e => e.Name));
    }

    [Theory]
    [InlineData(DeliveryState.Delivered)]
    [InlineData(DeliveryState.Duplicate)]
    public void What_is_sold_stays_as_it_is(DeliveryState state) => Assert.Equal(state, Apply(Sent(state), Approved)!.DeliveryTo(Some.Destination)!.State);

    [Fact]
    public void A_postback_for_an_order_that_was_never_sent_is_only_noted()
    {
        var next = Apply(Some.Operation(Some.Delivery(DeliveryState.Enriched)), Approved)!;

        Assert.Equal((OperationState.Enriched, "approved"), (next.State, next.Postback!.Status));
    }

    [Theory]
    [InlineData("approved")]
    [InlineData("waiting")]
    public void A_postback_noted_too_early_proves_the_order_when_repeated(string status)
    {
        var early = Apply(Some.Operation(Some.Delivery(DeliveryState.Enriched)), Approved)!;
        var sending = early.With(early.DeliveryTo(Some.Destination)! with { State = DeliveryState.Uncertain, Sends = 1 });

        var next = Apply(sending, Approved with { Status = status })!;

        Assert.Equal(OperationState.Delivered, next.State);
        Assert.Equal("approved", next.Postback!.Status);
    }

    [Fact]
    public void A_repeated_postback_of_a_sold_order_is_no_news() => Assert.Null(Apply(Apply(Sent(DeliveryState.Sending), Approved)!, Approved));

    [Theory]
    [InlineData("declined", "350", "RUB")]
    [InlineData("approved", "400", "RUB")]
    [InlineData("approved", "350", "USD")]
    public void A_later_postback_that_differs_is_noted(string status, string payout, string currency)
    {
        var next = Apply(Apply(Sent(DeliveryState.Delivered), Approved)!, Approved with { Status = status, Payout = payout, Currency = currency })!;

        Assert.Equal((status, payout, currency), (next.Postback!.Status, next.Postback.Payout, next.Postback.Currency));
    }

    [Fact]
    public void A_late_waiting_takes_nothing_back_and_an_early_one_is_noted()
    {
        var waiting = Approved with { Status = null, Payout = null, Currency = null };

        Assert.Null(Apply(Apply(Sent(DeliveryState.Delivered), Approved)!, waiting));
        Assert.Equal("waiting", Apply(Sent(DeliveryState.Delivered), waiting)!.Postback!.Status);
    }

    [Theory]
    [InlineData(null, null, "approved")]
    [InlineData("350", null, "approved, 350")]
    [InlineData("350", "RUB", "approved, 350 RUB")]
    public void The_story_tells_the_status_and_the_payout(string? payout, string? currency, string expected) =>
        Assert.Equal(expected, Apply(Sent(DeliveryState.Delivered), Approved with { Payout = payout, Currency = currency })!.Events[^1].Detail);

    [Theory]
    [InlineData("76", "77", "77")]
    [InlineData("76", null, "76")]
    [InlineData(null, null, null)]
    public void The_postbacks_order_id_is_kept_or_else_the_known_one(string? known, string? told, string? expected)
    {
        var sent = Sent(DeliveryState.Uncertain);

        var next = Apply(sent.With(sent.Deliveries[0] with { OrderId = known }), Approved with { OrderId = told })!;

        Assert.Equal(expected, next.Deliveries[0].OrderId);
    }

    [Fact]
    public void One_pipeline_that_sent_is_enough_against_one_that_is_gone() =>
        Assert.Equal("main", PostbackRules.Choose([Entry("main", 1, null), Entry("other", 0, null)], [Entry("gone", 1, null)], Approved).Entry?.Operation.Id.Pipeline);

    [Fact]
    public void A_postback_with_another_order_id_is_not_this_operations()
    {
        var (entry, problem) = PostbackRules.Choose([Entry("main", sends: 1, "76")], [], Approved with { OrderId = "77" });

        Assert.Null(entry);
        Assert.Contains("another order id", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "76", "main")]
    [InlineData("76", "76", "main")]
    [InlineData("76", null, "main")]
    public void A_postback_of_the_same_order_or_without_an_id_is_this_operations(string? told, string? known, string pipeline) =>
        Assert.Equal(pipeline, PostbackRules.Choose([Entry("main", sends: 1, known)], [], Approved with { OrderId = told }).Entry?.Operation.Id.Pipeline);

    [Theory]
    [InlineData("77", 1, "76", 1, "77", "other")]
    [InlineData("77", 1, null, 1, "77", "other")]
    [InlineData(null, 1, null, 0, null, "main")]
    [InlineData("77", 1, "76", 1, null, "other")]
    [InlineData(null, 1, null, 1, null, null)]
    [InlineData("77", 1, null, 1, null, null)]
    [InlineData(null, 1, "76", 1, "77", null)]
    public void Two_pipelines_of_one_flow_steal_no_postback_of_each_other(string? told, int sends, string? known, int otherSends, string? otherKnown, string? expected)
    {
        var (entry, problem) = PostbackRules.Choose([Entry("main", sends, known), Entry("other", otherSends, otherKnown)], [], Approved with { OrderId = told });

        Assert.Equal(expected, entry?.Operation.Id.Pipeline);
        Assert.Equal(expected is null, problem.Length > 0);
    }

    [Theory]
    [InlineData("77", 0, 1, "77", "gone")]
    [InlineData("77", 0, 1, null, null)]
    [InlineData(null, 0, 1, null, null)]
    [InlineData("77", 0, 1, "76", "main")]
    [InlineData(null, 1, 1, null, "main")]
    [InlineData(null, 0, 0, null, "main")]
    public void A_removed_pipeline_keeps_the_postback_of_the_order_only_it_sent(string? told, int sends, int sentByGone, string? known, string? expected)
    {
        var (entry, problem) = PostbackRules.Choose([Entry("main", sends, null)], [Entry("gone", sentByGone, known)], Approved with { OrderId = told });

        Assert.Equal(expected, entry?.Operation.Id.Pipeline);
        Assert.Equal(expected is null, problem.Contains("gone/lead/", StringComparison.Ordinal));
    }

    private static JournalEntry Entry(string pipeline, int sends, string? orderId)
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Sending) with { Sends = sends, OrderId = orderId });
        return new JournalEntry(operation with { Id = operation.Id with { Pipeline = pipeline } }, new Azure.ETag("1"));
    }

    private static Operation Sent(DeliveryState state) =>
        Some.Operation(Some.Delivery(state) with { Sends = 1, NextTryAt = Some.Now, MayHaveArrived = true, Error = new OperationError("x", "x", Some.Destination) });

    private static Operation? Apply(Operation operation, OfferumPostback postback) => PostbackRules.Apply(operation, postback, Some.Now);
}
