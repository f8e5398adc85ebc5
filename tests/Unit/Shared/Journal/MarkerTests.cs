using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;

namespace UonOfferum.Tests.Unit.Shared.Journal;

public sealed class MarkerTests
{
    [Fact]
    public void A_new_operation_is_received_and_says_whether_a_webhook_told_it()
    {
        var operation = Some.Operation(Some.Delivery(OperationState.Enriched));

        Assert.Equal([(Marker.Received, (bool?)false)], Of(null, operation));
        Assert.Equal([(Marker.Received, true)], Of(null, operation with { Webhook = new WebhookNote { ReceivedAt = Some.Now } }));
        Assert.Equal([(Marker.Received, false)], Of(null, operation with { Webhook = new WebhookNote { Reconciled = true } }));
        Assert.Empty(Marker.Of(null, operation, begins: false));
    }

    [Fact]
    public void Only_states_that_say_something_are_marked_and_only_when_they_are_reached()
    {
        var before = Some.Operation(Some.Delivery(OperationState.Sending));

        Assert.All(Enum.GetValues<OperationState>(), state =>
            Assert.Equal(
                Marker.States.Contains(state) ? [state.ToString()] : [],
                Marker.Of(before, before.With(Some.Delivery(state)), begins: false).Select(m => m.GetString(Marker.Event))));
        var failed = before.With(Some.Delivery(OperationState.Failed));
        Assert.Empty(Marker.Of(failed, failed.Tell(Some.Now, EventNames.Revealed), begins: false));
    }

    [Fact]
    public void Only_an_order_that_was_just_delivered_tells_how_long_it_took()
    {
        var before = Some.Operation(Some.Delivery(OperationState.Sending));
        var sold = before.With(Some.Delivery(OperationState.Delivered));

        var delivered = Assert.Single(Marker.Of(before, sold.Tell(Some.Now, EventNames.Delivered), begins: false));
        var resolved = Assert.Single(Marker.Of(before, sold.Tell(Some.Now, EventNames.Resolved), begins: false));

        Assert.Equal(600, delivered.GetDouble(Marker.Seconds));
        Assert.Null(resolved.GetDouble(Marker.Seconds));
        Assert.Matches(@"^h\|2026030210\|000000000000048213\|Delivered\|[0-9]{19}$", delivered.RowKey);
    }

    [Fact]
    public void A_postback_takes_back_what_the_one_before_it_said()
    {
        var told = Some.Operation(Some.Delivery(OperationState.Delivered)) with { Postback = new Postback("approved", "10", "RUB", Some.Now) };

        var marker = Assert.Single(Marker.Of(told, told with { Postback = new Postback("trash", null, null, Some.Now.AddHours(1)) }, begins: false));

        Assert.Equal(("trash", "approved", "10", "RUB"),
            (marker.GetString(Marker.Status), marker.GetString(Marker.WasStatus), marker.GetString(Marker.WasPayout), marker.GetString(Marker.WasCurrency)));
        Assert.Empty(Marker.Of(told, told, begins: false));
    }

    private static IEnumerable<(string, bool?)> Of(Operation? before, Operation after) =>
        Marker.Of(before, after, begins: true).Select(m => (m.GetString(Marker.Event), m.GetBoolean(Marker.Webhook)));
}
