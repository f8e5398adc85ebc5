using System.Diagnostics.Metrics;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Telemetry;

/// <summary>The app's one meter. Dashboards and alerts refer to these names; no tag ever holds a secret or personal data.</summary>
public static class Meters
{
    public const string MeterName = "UonOfferum";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Webhooks = Meter.CreateCounter<long>("uonofferum.webhooks", "{webhook}", "Webhooks by response");
    private static readonly Counter<long> Enrichments = Meter.CreateCounter<long>("uonofferum.enrichments", "{attempt}", "Enrichment attempts by resulting state");
    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("uonofferum.deliveries", "{attempt}", "Delivery attempts by destination and resulting state");
    private static readonly Counter<long> BreakersOpened = Meter.CreateCounter<long>("uonofferum.breakers.opened", "{opening}", "Circuit breakers opened, by cause");

    // The former name and tag of uonofferum.breakers.opened, emitted for one version: a closed gate was an open breaker.
    private static readonly Counter<long> GatesClosed = Meter.CreateCounter<long>("uonofferum.gates.closed", "{opening}", "Former name of uonofferum.breakers.opened");

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("uonofferum.failures", "{operation}", "Operations that need an operator, by queue and cause");
    private static readonly Gauge<long> QueueMessages = Meter.CreateGauge<long>("uonofferum.queue.messages", "{message}", "Messages in a queue, including hidden ones");
    private static readonly Gauge<double> QueueAge = Meter.CreateGauge<double>("uonofferum.queue.age", "s", "Age of a queue's first visible message");
    private static readonly Gauge<long> Attentions = Meter.CreateGauge<long>("uonofferum.attention", "{operation}", "Operations that need an operator, by pipeline and state");

    private static readonly Histogram<double> LeadTime = Meter.CreateHistogram(
        "uonofferum.lead.duration", "s", "From the webhook's arrival to the delivered order",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 10800] });

    public static void Webhook(string answer) => Webhooks.Add(1, new KeyValuePair<string, object?>("answer", answer));

    public static void Enrichment(OperationState state) => Enrichments.Add(1, new KeyValuePair<string, object?>("state", state.ToString()));

    /// <param name="destination">Its name.</param>
    /// <param name="state">The delivery's.</param>
    /// <param name="receivedAt">When the lead arrived; null: this delivery is not a sale and is not measured.</param>
    /// <param name="now">The time of the result.</param>
    public static void Delivery(string destination, OperationState state, DateTimeOffset? receivedAt, DateTimeOffset now)
    {
        var to = new KeyValuePair<string, object?>("destination", destination);
        Deliveries.Add(1, to, new KeyValuePair<string, object?>("state", state.ToString()));
        if (state == OperationState.Delivered && receivedAt is { } since)
        {
            LeadTime.Record((now - since).TotalSeconds, to);
        }
    }

    public static void Queue(QueueDepth depth)
    {
        var queue = new KeyValuePair<string, object?>("queue", depth.Queue);
        QueueMessages.Record(depth.Messages, queue);
        QueueAge.Record(depth.Oldest?.TotalSeconds ?? 0, queue);
    }

    public static void Attention(string pipeline, OperationState state, int count) =>
        Attentions.Record(count, new KeyValuePair<string, object?>("pipeline", pipeline), new KeyValuePair<string, object?>("state", state.ToString()));

    public static void BreakerOpened(string breaker, string code)
    {
        var cause = new KeyValuePair<string, object?>("code", code);
        BreakersOpened.Add(1, new KeyValuePair<string, object?>("breaker", breaker), cause);
        GatesClosed.Add(1, new KeyValuePair<string, object?>("gate", breaker), cause);
    }

    public static void Failure(string queue, string code) =>
        Failures.Add(1, new KeyValuePair<string, object?>("queue", queue), new KeyValuePair<string, object?>("code", code));
}
