using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Sends one real record through the live pipeline, as its webhook would, and shows the last webhook received.</summary>
public sealed partial class SendEndpoint(
    EditorAccess access, PipelineCatalog catalog, StageQueues queues, IgnoredWebhooks ignored, OperationSearch search, JournalStore journal, TimeProvider time, ILogger<SendEndpoint> logger)
{
    /// <summary>Journaled and claimed like any other: a record that was sold is not sold again.</summary>
    public async Task<IResult> SendAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var (record, refusal) = await TrialRequest.RecordAsync(request, cancellationToken);
        return record is not var (kind, id)
            ? refusal!
            : await access.ReadAsync(
                name,
                async _ =>
                {
                    if (!catalog.TryFind(name, out var pipeline) || pipeline.IsStopped)
                    {
                        return Problems.Conflict($"No revision of '{name}' is running. Publish the draft, or start the pipeline, and send the test again.");
                    }

                    var message = new StageMessage
                    {
                        Pipeline = name,
                        Kind = kind,
                        Id = id,
                        Run = RunId.New(time),
                        Attempt = 1,
                        Webhook = new WebhookMetadata { ReceivedAt = time.GetUtcNow() },
                    };
                    await queues.SendAsync(QueueNames.UonRecords, message, cancellationToken);
                    Log.Sent(logger, message.OperationId(), OperatorName.Of(request) ?? "an operator");
                    return TypedResults.Json(new SentView(message.OperationId().ToString()), EditorJson.Types.SentView, statusCode: StatusCodes.Status202Accepted);
                },
                cancellationToken);
    }

    public Task<IResult> LastWebhookAsync(string name, CancellationToken cancellationToken) => access.ReadAsync(
        name,
        async _ =>
        {
            var unused = await ignored.ReadAsync(name, cancellationToken);
            var newest = (await search.FindAsync(new OperationQuery { Pipeline = name, Take = 1 }, cancellationToken)) is [var found, ..] ? found : null;
            if (newest is not null && (unused is null || newest.ReceivedAt > unused.At))
            {
                // The list's rows do not contain the webhook's metadata.
                var whole = (await journal.ReadAsync(newest.Id, cancellationToken))?.Operation ?? newest;
                return Answer(new LastWebhookView(whole.ReceivedAt, null, whole.Webhook?.EventType, whole.Id.Kind.Name(), Number(whole.Id.RecordId), whole.State.ToString()));
            }

            return Answer(unused is null
                ? new LastWebhookView(null, null, null, null, null, null)
                : new LastWebhookView(unused.At, unused.Method, unused.EventType, unused.Kind.Name(), unused.RecordId is { } id ? Number(id) : null, "ignored"));
        },
        cancellationToken);

    private static IResult Answer(LastWebhookView view) => TypedResults.Json(view, EditorJson.Types.LastWebhookView);

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static partial class Log
    {
        [LoggerMessage(1727, LogLevel.Warning, "{Operation}: sent through the live pipeline as a test by {By}")]
        public static partial void Sent(ILogger logger, OperationId operation, string by);
    }
}
