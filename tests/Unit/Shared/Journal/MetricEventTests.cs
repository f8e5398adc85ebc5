using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Journal;

public sealed class MetricEventTests
{
    [Fact]
    public void A_new_operation_is_received_and_says_whether_a_webhook_told_it()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Enriched));

        Assert.Equal([(MetricEvent.Received, (bool?)false)], Of(null, operation));
        Assert.Equal([(MetricEvent.Received, true)], Of(null, operation with { Webhook = new WebhookMetadata { ReceivedAt = Some.Now } }));
        Assert.Equal([(MetricEvent.Received, false)], Of(null, operation with { Webhook = new WebhookMetadata { Reconciled = true } }));
        Assert.Empty(MetricEvent.Of(null, operation, begins: false));
    }

    [Fact]
    public void Only_meaningful_states_are_marked_and_only_when_reached()
    {
        var before = Some.Operation(Some.Delivery(DeliveryState.Sending));

        Assert.All(Enum.GetValues<DeliveryState>(), state =>
            Assert.Equal(
                MetricEvent.States.Contains(state.Shown()) ? [state.Shown().ToString()] : [],
                MetricEvent.Of(before, before.With(Some.Delivery(state)), begins: false).Select(m => m.GetString(MetricEvent.Event))));
        var failed = before.With(Some.Delivery(DeliveryState.Failed));
        Assert.Empty(MetricEvent.Of(failed, failed.WithEvent(Some.Now, EventNames.Revealed), begins: false));
    }

    [Fact]
    public void Only_an_order_that_was_just_delivered_tells_how_long_it_took()
    {
        var before = Some.Operation(Some.Delivery(DeliveryState.Sending));
        var sold = before.With(Some.Delivery(DeliveryState.Delivered));

        var delivered = Assert.Single(MetricEvent.Of(before, sold.WithEvent(Some.Now, EventNames.Delivered), begins: false));
        var resolved = Assert.Single(MetricEvent.Of(before, sold.WithEvent(Some.Now, EventNames.Resolved), begins: false));
        var proved = Assert.Single(MetricEvent.Of(before, sold.WithEvent(Some.Now, EventNames.Delivered, Postback.Proof), begins: false));

        Assert.Equal(600, delivered.GetDouble(MetricEvent.Seconds));
        Assert.Null(resolved.GetDouble(MetricEvent.Seconds));
        Assert.Null(proved.GetDouble(MetricEvent.Seconds));
        Assert.Matches(@"^h\|2026030210\|000000000000048213\|Delivered\|[0-9]{19}$", delivered.RowKey);
    }

    [Fact]
    public void A_postback_takes_back_what_the_one_before_it_said()
    {
        var told = Some.Operation(Some.Delivery(DeliveryState.Delivered)) with { Postback = new Postback("approved", "10", "RUB", Some.Now) };

        var metricEvent = Assert.Single(MetricEvent.Of(told, told with { Postback = new Postback("trash", null, null, Some.Now.AddHours(1)) }, begins: false));

        Assert.Equal(("trash", "approved", "10", "RUB"),
            (metricEvent.GetString(MetricEvent.Status), metricEvent.GetString(MetricEvent.WasStatus), metricEvent.GetString(MetricEvent.WasPayout), metricEvent.GetString(MetricEvent.WasCurrency)));
        Assert.Empty(MetricEvent.Of(told, told, begins: false));
    }

    private static IEnumerable<(string, bool?)> Of(Operation? before, Operation after) =>
        MetricEvent.Of(before, after, begins: true).Select(m => (m.GetString(MetricEvent.Event), m.GetBoolean(MetricEvent.Webhook)));
}
