using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Revisions;
using UonOfferum.Shared.Storage;
using UonOfferum.Shared.Telemetry;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Webhook;

/// <summary>
/// Receives a webhook: checks the secret, reads the fields, and answers 200 only after the queue has the message. One storage
/// request on success. The cabinet shows our response in its log, so each one says what happened.
/// </summary>
public sealed partial class WebhookReceiver(
    PipelineCatalog pipelines, StageQueues queues, RefusedWebhooks refused, IgnoredWebhooks ignored, FailPoints failPoints, TimeProvider time, ILogger<WebhookReceiver> logger)
{
    /// <summary>U-ON's timeout is not documented; a 503, which it may retry, is better than a hanging call.</summary>
    private static readonly TimeSpan QueuePatience = TimeSpan.FromSeconds(8);

    private const string Stopped = "stopped";

    public async Task<IResult> ReceiveAsync(HttpRequest request, string pipelineName, string secret, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetUtcNow();
        var current = pipelines.Current;
        if (RetryLater.Reason(current, pipelineName, p => p.WebhookSecrets, secret) is { } notYet)
        {
            Meters.Webhook(current.Knows(pipelineName) ? "invalid" : "unavailable");
            return new RetryLater($"{notYet} Nothing was accepted: send this webhook again.");
        }

        if (current.Drafts.TryGetValue(pipelineName, out var draft) && PathSecret.Matches(draft, secret))
        {
            return await IgnoreStoppedAsync(request, pipelineName, receivedAt, cancellationToken);
        }

        current.TryFind(pipelineName, out var pipeline);
        if (!PathSecret.Matches(pipeline?.WebhookSecrets, secret) || pipeline is null or { IsArchived: true })
        {
            Meters.Webhook("not-found");
            return Problems.NotFound("There is no such webhook address. Copy it again from the pipeline's page.");
        }

        if (pipeline.IsStopped)
        {
            return await IgnoreStoppedAsync(request, pipeline.Name, receivedAt, cancellationToken);
        }

        using var activity = Traces.Webhook(pipeline.Name);
        var reading = await WebhookRequestReader.ReadAsync(request, cancellationToken);
        if (reading.Fields is not { } fields)
        {
            return await RefuseAsync(pipeline, reading.Status, reading.Title!, reading.Detail!, cancellationToken);
        }

        var webhook = UonWebhook.From(fields);
        var settings = pipeline.Get<UonSettings>();
        if (WebhookFilter.Ignores(webhook, settings) is { } reason)
        {
            Meters.Webhook("ignored");
            Traces.Answered("ignored", well: true);
            Log.Ignored(logger, pipeline.Name, reason);
            return WebhookAnswer.Ignored(reason);
        }

        if (webhook.RecordId is not { } id)
        {
            return await RefuseAsync(pipeline, StatusCodes.Status400BadRequest, "No usable record number", webhook.IdProblem!, cancellationToken);
        }

        var message = new StageMessage
        {
            Pipeline = pipeline.Name,
            Kind = UonEvents.KindOf(webhook.EventType, webhook.IsLead, settings.Record),
            Id = id,
            Run = RunId.New(time),
            Attempt = 1,
            Traceparent = Traces.Context(),
            Webhook = new WebhookMetadata
            {
                EventType = webhook.EventType,
                ReceivedAt = receivedAt,
                Client = webhook.Client.Count > 0 ? webhook.Client : null,
            },
        };
        return await EnqueueAsync(message);
    }

    /// <summary>Nothing is accepted, but the page shows the webhook, so that a cabinet can be connected before anything is sold.</summary>
    private async Task<IResult> IgnoreStoppedAsync(HttpRequest request, string pipeline, DateTimeOffset at, CancellationToken cancellationToken)
    {
        Meters.Webhook("ignored");
        Log.Ignored(logger, pipeline, Stopped);
        if ((await WebhookRequestReader.ReadAsync(request, cancellationToken)).Fields is { } fields)
        {
            var webhook = UonWebhook.From(fields);
            var kind = UonEvents.KindOf(webhook.EventType, webhook.IsLead, RecordKind.Auto);
            await ignored.KeepAsync(new IgnoredWebhook(pipeline, at, request.Method, webhook.EventType, kind, webhook.RecordId), cancellationToken);
        }

        return WebhookAnswer.Ignored(Stopped);
    }

    /// <remarks>A caller that disconnects does not cancel it, because U-ON may not send the webhook again.</remarks>
    private async Task<IResult> EnqueueAsync(StageMessage message)
    {
        using var timeout = new CancellationTokenSource(QueuePatience, time);
        try
        {
            await queues.SendAsync(QueueNames.UonRecords, message, timeout.Token);
        }
        // Whatever the reason is for which storage refuses it, U-ON must send it again: a queue that is being deleted answers 409.
        catch (Exception e) when (e is RequestFailedException || StorageErrors.IsTransient(e))
        {
            Meters.Webhook("unavailable");
            Traces.Answered("unavailable", well: false);
            Log.QueueUnavailable(logger, message.OperationId(), e.GetType().Name);
            return new RetryLater("The queue did not confirm the message. It may have been accepted; it is safe to send this webhook again.");
        }

        await failPoints.HitAsync(FailPoints.WebhookQueued);
        Meters.Webhook("accepted");
        Traces.Answered("accepted", well: true);
        Log.Accepted(logger, message.OperationId());
        return WebhookAnswer.Accepted(message.OperationId().ToString());
    }

    private async Task<IResult> RefuseAsync(Pipeline pipeline, int status, string title, string detail, CancellationToken cancellationToken)
    {
        Meters.Webhook("refused");
        Traces.Answered("refused", well: false);
        Log.Refused(logger, pipeline.Name, status, detail);
        try
        {
            await refused.KeepAsync(pipeline.Name, status, detail, cancellationToken);
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            // The response and the log report it, too; a rejection must not become a server error.
            Log.RefusalNotKept(logger, pipeline.Name, e.GetType().Name);
        }

        return Problems.Of(status, title, detail);
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "{Operation}: webhook accepted")]
        public static partial void Accepted(ILogger logger, OperationId operation);

        [LoggerMessage(1002, LogLevel.Information, "{Pipeline}: webhook ignored, {Reason}")]
        public static partial void Ignored(ILogger logger, string pipeline, string reason);

        [LoggerMessage(1003, LogLevel.Warning, "{Pipeline}: webhook refused with {Status}: {Problem}")]
        public static partial void Refused(ILogger logger, string pipeline, int status, string problem);

        [LoggerMessage(1004, LogLevel.Error, "{Operation}: the webhook could not be queued ({Cause}); answered with 503")]
        public static partial void QueueUnavailable(ILogger logger, OperationId operation, string cause);

        [LoggerMessage(1005, LogLevel.Warning, "{Pipeline}: a refused webhook could not be stored in the journal ({Cause})")]
        public static partial void RefusalNotKept(ILogger logger, string pipeline, string cause);
    }
}
