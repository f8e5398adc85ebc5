using System.Diagnostics;
using System.Net;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Telemetry;

/// <summary>
/// The app's one activity source. A lead is one trace from webhook to order: queues carry no context, so messages do. No tag ever holds
/// a secret, an address or personal data; that is why the HTTP clients' own spans, which hold addresses, are made nowhere.
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

    /// <summary>Says what the webhook was answered.</summary>
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
    /// Says how the stage ended. A stage that throws never gets here and keeps the status Unset: sampling leaves out only what says Ok.
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

    /// <summary>One call to an outside system. Until <see cref="Replied"/> says otherwise it counts as one without an answer.</summary>
    /// <param name="name">What is asked, the same for every record.</param>
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
        // U-ON says 404 for a record that is not there yet: an answer like any other.
        var failed = (int)status >= 400 && status != HttpStatusCode.NotFound;
        call?.SetTag("http.response.status_code", (int)status);
        call?.SetStatus(failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
    }

    /// <summary>The context to put into a message: the current one, or a fresh trace when nobody listens.</summary>
    public static string Context() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id }
        ? id
        : $"00-{ActivityTraceId.CreateRandom().ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-01";

    private static Activity? Own() => Activity.Current is { } activity && activity.Source == Source ? activity : null;
}
