using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

public sealed class PreSendResultsTests
{
    private static readonly DateTimeOffset Later = Some.Now.AddHours(2);

    [Theory]
    [InlineData(DeliveryState.Enriched)]
    [InlineData(DeliveryState.Waiting)]
    [InlineData(DeliveryState.UncertainResending)]
    public void A_turn_is_waited_for_in_the_same_state_and_attempt(DeliveryState state)
    {
        var before = Some.Operation(Some.Delivery(state) with { NextTryAt = Some.Now, Tries = 1 });

        var after = PreSendResults.Apply(before, Some.Destination, new PreSend.Wait(Later), Some.Now);

        Assert.Equal(before.Deliveries[0] with { NextTryAt = Later }, after.Deliveries[0]);
        var message = Assert.Single(Outbox.Of(after));
        Assert.Equal((Later, 2), (message.VisibleAt, message.Message.Attempt));
        Assert.Equal(DeliveryStep.Send, DeliverySteps.Next(after, Some.Destination, message.Message, Later));
    }

    [Fact]
    public void A_long_wait_is_one_line_in_the_story()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Enriched));
        var lines = operation.Events.Count;

        for (var i = 0; i < 50; i++)
        {
            operation = PreSendResults.Apply(operation, Some.Destination, new PreSend.Wait(Later.AddMinutes(i)), Some.Now);
        }

        Assert.Equal(lines + 1, operation.Events.Count);
    }

    [Fact]
    public void A_short_wait_for_a_search_is_in_the_story_and_one_for_a_turn_is_not()
    {
        var soon = Some.Now.AddSeconds(20);
        var search = new PreSend.Wait(soon, PreSend.Wait.Search);

        var waiting = PreSendResults.Apply(Some.Operation(Some.Delivery(DeliveryState.Enriched)), Some.Destination, search, Some.Now);

        Assert.Equal((true, false), (new PreSend.Wait(soon).IsShort(Some.Now), search.IsShort(Some.Now)));
        Assert.Equal((EventNames.Waiting, PreSend.Wait.Search, soon), (waiting.Events[^1].Name, waiting.Events[^1].Detail, waiting.Deliveries[0].NextTryAt));
    }

    [Fact]
    public void An_order_without_a_phone_needs_an_operator_and_names_both_reasons()
    {
        var next = PreSendResults.Apply(Some.Operation(Some.Delivery(DeliveryState.Enriched)), Some.Destination, new PreSend.NoData(), Some.Now);

        var error = next.Deliveries[0].Error!;
        Assert.Equal((DeliveryState.Failed, ErrorCodes.NoPhone), (next.Deliveries[0].State, error.Code));
        Assert.Contains("was removed", error.Message, StringComparison.Ordinal);
        Assert.Contains("was fetched again without one", error.Message, StringComparison.Ordinal);
        Assert.Empty(Outbox.Of(next));
    }

    [Fact]
    public void A_pause_holds_without_an_error_and_an_open_breaker_with_its_own()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Enriched));

        var paused = PreSendResults.Apply(operation, Some.Destination, new PreSend.Hold(null, "Paused."), Some.Now).Deliveries[0];
        var held = PreSendResults.Apply(operation, Some.Destination, new PreSend.Hold("offerum-denied", "Wrong key."), Some.Now).Deliveries[0];

        Assert.Equal((DeliveryState.Held, null), (paused.State, paused.Error?.Code));
        Assert.Equal((DeliveryState.Held, "offerum-denied"), (held.State, held.Error?.Code));
    }
}
