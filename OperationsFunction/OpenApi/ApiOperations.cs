using System.Text.Json.Nodes;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.OperationsFunction.Attention;
using UonOfferum.OperationsFunction.Backfills;
using UonOfferum.OperationsFunction.Dashboard;
using UonOfferum.OperationsFunction.Health;
using UonOfferum.OperationsFunction.Jobs;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.OperationsFunction.Views;
using UonOfferum.Shared.Http;

namespace UonOfferum.OperationsFunction.OpenApi;

/// <summary>The description of every HTTP function, by the function's name.</summary>
internal static class ApiOperations
{
    private static readonly ApiParameter Pipeline = new("pipeline", "Only this pipeline.", Text());

    private static readonly Dictionary<string, ApiOperation> All = new(StringComparer.Ordinal)
    {
        ["ReceiveWebhook"] = new("Receives a webhook from U-ON. Answers 200 only after the record's number is queued.", typeof(WebhookAnswer)) { Problems = [400, 404, 413, 415] },
        ["ReceivePostback"] = new("Receives the network's decision about an order.", typeof(WebhookAnswer)) { Problems = [400, 404, 413, 415] },
        [nameof(GetOverview)] = new("Counters for a time range, and the operations open now.", typeof(OverviewView))
        {
            Query = [new("range", "How far back.", OneOf("24h", "7d", "30d").With("default", "24h")), Pipeline],
            Problems = [400],
        },
        [nameof(GetAttention)] = new("Operations that need an operator, grouped by cause.", typeof(AttentionView)) { Query = [Pipeline], Problems = [400] },
        [nameof(ListOperations)] = new("Operations, newest first, as JSON or as a table.", typeof(OperationPage))
        {
            Query =
            [
                Pipeline,
                new("kind", "Only this kind.", Kind()),
                new("state", "Only this state. Refused lists refused webhooks, Unmatched postbacks without an operation.", Text()),
                new("error", "Only this error code.", Text()),
                new("from", "Received at or after.", Time()),
                new("to", "Received before.", Time()),
                new("phone", "A phone number in any format.", Text()),
                new("text", "U-ON's number or an order id.", Text()),
                new("take", "Page size. Refused, Unmatched and csv have one page.", Integer().With("minimum", 1).With("maximum", OperationQuery.MaxTake).With("default", OperationQuery.DefaultTake)),
                new("cursor", "The value of next from the previous page.", Text()),
                new("format", "csv: up to 10,000 rows. The header X-More is set if there are more.", OneOf("csv")),
                new("language", "Language of the messages in csv; en by default.", OneOf("en", "ru")),
            ],
            AlsoAs = "text/csv",
            Problems = [400],
        },
        [nameof(GetOperation)] = new("One operation with its history. Phones and e-mail addresses are masked.", typeof(OperationView)) { Problems = [400, 404] },
        [nameof(ReplayOperation)] = Action("Fetches the record again, or sends the order again.", ("from", OneOf("enrich", "send")), ("destination", Text()), ("run", SeenRun()), ("mayHaveArrived", SeenDoubt())),
        [nameof(EditOperation)] = Action("Corrects fields, then sends the order.", ("fields", new JsonObject { ["type"] = "object", ["additionalProperties"] = Text() }), ("destination", Text()), ("run", SeenRun()), ("mayHaveArrived", SeenDoubt())),
        [nameof(ResolveOperation)] = Action("Records the outcome that an operator has determined.", ("as", OneOf("delivered", "discarded")), ("orderId", Text()), ("note", Text()), ("destination", Text())),
        [nameof(RevealOperation)] = Action("Shows phones and e-mail addresses, and records that in the history."),
        [nameof(ReadUnreadable)] = new("Shows the bytes of an unreadable message.", typeof(UnreadableBody)) { Body = Object(("by", Text())), Problems = [400, 404] },
        [nameof(DiscardUnreadable)] = new("Discards an unreadable message.", typeof(OperationView))
        {
            Body = Object(("as", OneOf("discarded")), ("by", Text())),
            Problems = [400, 404],
        },
        [nameof(PreviewReplay)] = new("How many operations a replay would include.", typeof(ReplayPreview)) { Takes = typeof(ReplayRequest), Problems = [400] },
        [nameof(StartReplay)] = new("Replays many operations at a limited rate.", typeof(ReplayView)) { Takes = typeof(ReplayRequest), Success = 202, Problems = [400] },
        [nameof(GetReplay)] = new("The progress of a replay.", typeof(ReplayView)) { Problems = [404] },
        [nameof(CancelReplay)] = new("Stops a replay after the operations in flight.", typeof(ReplayView)) { Problems = [404] },
        [nameof(PreviewBackfill)] = new("How many records a backfill would fetch, and how many of them would pass the filter.", typeof(BackfillPreview)) { Takes = typeof(BackfillRequest), Problems = [400, 409] },
        [nameof(StartBackfill)] = new("Fetches the records of a range of days that are not in the journal, at a limited rate.", typeof(BackfillView)) { Takes = typeof(BackfillRequest), Success = 202, Problems = [400, 409] },
        [nameof(GetBackfill)] = new("The progress of a backfill.", typeof(BackfillView)) { Problems = [404] },
        [nameof(CancelBackfill)] = new("Stops a backfill after the records in flight.", typeof(BackfillView)) { Problems = [404] },
        [nameof(ListPipelines)] = new("The pipelines with their effective settings. Secrets are masked.", typeof(PipelineListView)),
        [nameof(ShowAddresses)] = new("The addresses to copy into the cabinets, secrets included.", typeof(AddressesView)) { Problems = [404, 409] },
        [nameof(CheckPipeline)] = new("Checks the keys, the flow and the cabinet's webhooks with read requests; sends no test lead.", typeof(ChecksView)) { Problems = [404, 409] },
        [nameof(RegisterWebhooks)] = new("Creates or corrects the webhooks for new records in the U-ON cabinet.", typeof(RegisteredHooksView)) { Problems = [404, 409] },
        [nameof(TestPipeline)] = new("Fetches a record and shows the order it would become. Sends and stores nothing.", typeof(DryRunView))
        {
            Body = Object(("kind", Kind()), ("id", new JsonObject { ["type"] = new JsonArray("integer", "string") })),
            Problems = [400, 404, 409],
        },
        [nameof(PausePipeline)] = new("Pauses the pipeline. Webhooks are still accepted; work waits.", typeof(PipelineBreakersView)) { Problems = [404, 409] },
        [nameof(ResumePipeline)] = new("Resumes the pipeline and releases held operations.", typeof(PipelineBreakersView)) { Problems = [404, 409] },
        [nameof(GetHealth)] = new("Whether a webhook would be accepted now.", typeof(HealthView)) { AlsoReplies = (503, "It would not.") },
        [nameof(GetHealthDetails)] = new("Storage, queues, circuit breakers and alert channels.", typeof(HealthDetailsView)),
        [nameof(ListJobs)] = new("The scheduled jobs: last run, duration in seconds, error, next run.", typeof(JobListView)),
        [nameof(RunJob)] = new("Runs a job now, once, on one instance. If the job is already running, it runs once more afterwards.", typeof(JobView)) { Success = 202, Problems = [404] },
        [nameof(GetOpenApi)] = new("This document.", typeof(object)),
    };

    /// <exception cref="InvalidOperationException">The function has no description.</exception>
    public static ApiOperation Of(string function) =>
        All.TryGetValue(function, out var operation) || EditorOperations.All.TryGetValue(function, out operation) ? operation : throw new InvalidOperationException($"Describe {function} in {nameof(ApiOperations)}.");

    public static JsonObject Text() => new() { ["type"] = "string" };

    public static JsonObject Kind() => OneOf("lead", "request", "auto");

    public static JsonObject Integer() => new() { ["type"] = "integer" };

    public static JsonObject Time() => Text().With("format", "date-time");

    public static JsonObject OneOf(params ReadOnlySpan<string> values)
    {
        var array = new JsonArray();
        foreach (var value in values)
        {
            array.Add((JsonNode)value);
        }

        return new JsonObject { ["enum"] = array };
    }

    public static JsonObject Object(params ReadOnlySpan<(string Name, JsonObject Schema)> members)
    {
        var properties = new JsonObject();
        foreach (var (name, schema) in members)
        {
            properties[name] = schema;
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    /// <summary>An action on one operation; its body may name the operator.</summary>
    private static ApiOperation Action(string summary, params ReadOnlySpan<(string Name, JsonObject Schema)> members) => new(summary, typeof(OperationView))
    {
        Body = Object([.. members, ("by", Text())]),
        Problems = [400, 404, 409],
    };

    private static JsonObject SeenRun() => Text().With("description", "The operation's run as the operator saw it. 409 if it is another one by now and a destination may have the order.");

    private static JsonObject SeenDoubt() => new JsonObject { ["type"] = "boolean" }
        .With("description", "The mayHaveArrived that the operator saw. 409 if it was false and a destination may have the order by now.");

    private static JsonObject With(this JsonObject schema, string key, JsonNode value)
    {
        schema[key] = value;
        return schema;
    }
}
