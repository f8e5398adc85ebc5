using System.Diagnostics;
using System.Net;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Telemetry;

/// <summary>
/// The app's one activity source. A lead is one trace from webhook to order: queues do not propagate context, so messages carry it. No tag ever holds
/// a secret, an address or personal data; that is why the HTTP clients' own spans, which hold addresses, are disabled.
/// </summary>
public static class Traces
{
    public const string SourceName = "UonOfferum";

    /// <summary>Span names, which dashboards and alerts refer to; a stage's span is named like the stage or the destination.</summary>
    public const string WebhookSpan = "webhook";

    public const string UonCallPrefix = "U-ON ";
    public const string OfferumCall = "Offerum order";

    private static readonly ActivitySource Source = new(SourceName);

    public static Activity? Webhook(string pipeline)
    {
        var activity = Source.StartActivity(WebhookSpan, ActivityKind.Server);
        activity?.SetTag("pipeline", pipeline);
        return activity;
    }

    /// <summary>Records the reply to the webhook.</summary>
    public static void Answered(string answer, bool well)
    {
        if (Own() is { } activity)
        {
            activity.SetTag("answer", answer);
            activity.SetStatus(well ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        }
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

    /// <summary>
    /// Records how the stage ended. A stage that throws never gets here and keeps the status Unset: sampling drops only spans with Ok.
    /// </summary>
    public static void Ended(OperationState state, string? code, TimeSpan sinceWebhook)
    {
        if (Own() is not { } activity)
        {
            return;
        }

        activity.SetTag("state", state.ToString());
        activity.SetTag("error.type", code);
        if (state == OperationState.Delivered)
        {
            activity.SetTag("lead.seconds", sinceWebhook.TotalSeconds);
        }

        switch (state)
        {
            case OperationState.Enriched or OperationState.Delivered or OperationState.Duplicate or OperationState.Skipped:
                activity.SetStatus(ActivityStatusCode.Ok);
                break;
            case OperationState.Failed or OperationState.Rejected or OperationState.Uncertain or OperationState.Unconfirmed:
                activity.SetStatus(ActivityStatusCode.Error, code);
                break;
        }
    }

    /// <summary>One call to an outside system. Until <see cref="Replied"/> is called, it counts as a call without a reply.</summary>
    /// <param name="name">The name of the request, the same for every record.</param>
    /// <param name="server">Only its host name is recorded: paths and queries hold keys.</param>
    public static Activity? Call(string name, Uri server)
    {
        var activity = Source.StartActivity(name, ActivityKind.Client);
        activity?.SetTag("server.address", server.Host);
        activity?.SetStatus(ActivityStatusCode.Error, "no answer");
        return activity;
    }

    public static void Replied(Activity? call, HttpStatusCode status)
    {
        // U-ON returns 404 for a record that does not exist yet, which is not a failure.
        var failed = (int)status >= 400 && status != HttpStatusCode.NotFound;
        call?.SetTag("http.response.status_code", (int)status);
        call?.SetStatus(failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
    }

    /// <summary>The context to put into a message: the current one, or a new trace when there is no listener.</summary>
    public static string Context() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id }
        ? id
        : $"00-{ActivityTraceId.CreateRandom().ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-01";

    private static Activity? Own() => Activity.Current is { } activity && activity.Source == Source ? activity : null;
}
