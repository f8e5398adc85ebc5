using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

/// <summary>Which order id an answer leaves, and what the story says of it.</summary>
public sealed class OrderIdTests
{
    [Theory]
    [InlineData(DeliveryOutcome.Delivered, "5", "7", "7")]
    [InlineData(DeliveryOutcome.Delivered, "5", null, "5")]
    [InlineData(DeliveryOutcome.Duplicate, "5", "7", "7")]
    [InlineData(DeliveryOutcome.Duplicate, null, "7", "7")]
    public void An_answers_order_id_is_kept_or_else_the_known_one(DeliveryOutcome outcome, string? known, string? told, string expected) =>
        Assert.Equal(expected, Apply(new DeliveryReply(outcome) { OrderId = told }, known).Deliveries[0].OrderId);

    [Theory]
    [InlineData("5", "5")]
    [InlineData(null, "7")]
    public void An_answer_after_the_proof_does_not_change_the_proved_order_id(string? proved, string expected)
    {
        var sold = Some.Operation(Some.Delivery(DeliveryState.Delivered) with { Sends = 1, OrderId = proved });

        var after = DeliveryResults.KeepLate(sold, Some.Destination, new DeliveryReply(DeliveryOutcome.Delivered) { Status = 200, OrderId = "7" }, Some.Now);

        Assert.Equal(expected, after.Deliveries[0].OrderId);
    }

    [Theory]
    [InlineData("7", "a test", "order 7; a test")]
    [InlineData("7", null, "order 7")]
    [InlineData(null, "a test", "a test")]
    [InlineData(null, null, null)]
    public void The_story_tells_the_order_id_and_the_answers_words(string? id, string? words, string? expected) =>
        Assert.Equal(expected, Apply(new DeliveryReply(DeliveryOutcome.Delivered) { OrderId = id, Detail = words }, known: null).Events[^1].Detail);

    [Fact]
    public void An_order_that_cannot_have_arrived_is_not_waited_for_in_the_search()
    {
        var after = DeliveryResults.Apply(
            Some.Operation(Some.Delivery(DeliveryState.Sending)), Some.Destination, Some.Resend with { SearchAfter = TimeSpan.FromMinutes(1) },
            new DeliveryReply(DeliveryOutcome.Transient), Some.Now, random: 0);

        Assert.Equal(Some.Now + Some.Resend.Retry[0], after.NextTryAt);
    }

    private static Operation Apply(DeliveryReply reply, string? known) => DeliveryResults.Apply(
        Some.Operation(Some.Delivery(DeliveryState.Sending) with { Sends = 1, OrderId = known }), Some.Destination, Some.Resend, reply, Some.Now, random: 0);
}
