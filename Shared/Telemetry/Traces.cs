using System.Diagnostics;
using UonOfferum.Shared.Messages;

namespace UonOfferum.Shared.Telemetry;

/// <summary>The app's one activity source. A lead is one trace from webhook to order: queues carry no context, so messages do.</summary>
public static class Traces
{
    public const string SourceName = "UonOfferum";

    private static readonly ActivitySource Source = new(SourceName);

    public static Activity? Webhook(string pipeline)
    {
        var activity = Source.StartActivity("webhook", ActivityKind.Server);
        activity?.SetTag("pipeline", pipeline);
        return activity;
    }

    public static Activity? Stage(string stage, StageMessage message)
    {
        var activity = ActivityContext.TryParse(message.Traceparent, null, isRemote: true, out var parent)
            ? Source.StartActivity(stage, ActivityKind.Consumer, parent)
            : Source.StartActivity(stage, ActivityKind.Consumer);
        activity?.SetTag("operation", message.OperationId().ToString());
        activity?.SetTag("attempt", message.Attempt);
        return activity;
    }

    /// <summary>The context to put into a message: the current one, or a fresh trace when nobody listens.</summary>
    public static string Context() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id }
        ? id
        : $"00-{ActivityTraceId.CreateRandom().ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-01";
}
