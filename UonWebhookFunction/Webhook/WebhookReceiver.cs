using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Chaos;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;
using UonOfferum.Shared.Storage;
using UonOfferum.Shared.Telemetry;
using UonOfferum.Shared.Webhooks;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Webhook;

/// <summary>
/// Takes a webhook: checks the secret, reads what U-ON says, and answers 200 only after the queue has the message. One storage
/// request when all is well. The cabinet shows our answer in its log, so each one says what happened.
/// </summary>
public sealed partial class WebhookReceiver(
    PipelineCatalog pipelines, StageQueues queues, RefusedWebhooks refused, PausePoints pause, TimeProvider time, ILogger<WebhookReceiver> logger)
{
    /// <summary>U-ON's patience is not documented; better a 503 that it may repeat than a hanging call.</summary>
    private static readonly TimeSpan QueuePatience = TimeSpan.FromSeconds(8);

    public async Task<IResult> ReceiveAsync(HttpRequest request, string pipelineName, string secret, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetUtcNow();
        pipelines.TryFind(pipelineName, out var pipeline);
        if (pipelines.TryFindInvalid(pipelineName, out var invalid) && PathSecret.Matches(invalid.WebhookSecrets, secret))
        {
            Meters.Webhook("invalid");
            return new RetryLater("The settings of this pipeline cannot be used at the moment. Nothing was accepted: send this webhook again.");
        }

        if (!PathSecret.Matches(pipeline?.WebhookSecrets, secret) || pipeline is null)
        {
            Meters.Webhook("not-found");
            return Problems.NotFound("There is no such webhook address. Copy it again from the pipeline's page.");
        }

        using var activity = Traces.Webhook(pipeline.Name);
        var reading = await WebhookReading.ReadAsync(request, cancellationToken);
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
            Run = Runs.New(time),
            Attempt = 1,
            Traceparent = Traces.Context(),
            Webhook = new WebhookNote
            {
                EventType = webhook.EventType,
                ReceivedAt = receivedAt,
                Client = webhook.Client.Count > 0 ? webhook.Client : null,
            },
        };
        return await EnqueueAsync(message, cancellationToken);
    }

    private async Task<IResult> EnqueueAsync(StageMessage message, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(QueuePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await queues.SendAsync(QueueNames.UonRecords, message, either.Token);
        }
        catch (Exception e) when (StorageTrouble.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            Meters.Webhook("unavailable");
            Traces.Answered("unavailable", well: false);
            Log.QueueUnavailable(logger, message.OperationId(), e.GetType().Name);
            return new RetryLater("The queue does not take messages at the moment. Nothing was accepted: send this webhook again.");
        }

        await pause.ReachAsync(PausePoints.WebhookQueued);
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
        catch (Exception e) when (StorageTrouble.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            // The answer and the log tell it too; a refusal must not turn into a server error.
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

        [LoggerMessage(1004, LogLevel.Error, "{Operation}: the queue did not take the webhook ({Cause}); answered 503")]
        public static partial void QueueUnavailable(ILogger logger, OperationId operation, string cause);

        [LoggerMessage(1005, LogLevel.Warning, "{Pipeline}: a refused webhook could not be kept in the journal ({Cause})")]
        public static partial void RefusalNotKept(ILogger logger, string pipeline, string cause);
    }
}
