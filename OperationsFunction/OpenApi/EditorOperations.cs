using System.Text.Json.Nodes;
using UonOfferum.OperationsFunction.Editor;
using UonOfferum.OperationsFunction.PipelineControl;
using static UonOfferum.OperationsFunction.OpenApi.ApiOperations;

namespace UonOfferum.OperationsFunction.OpenApi;

/// <summary>The description of the editor's functions, by the function's name.</summary>
internal static class EditorOperations
{
    public static IReadOnlyDictionary<string, ApiOperation> All { get; } = new Dictionary<string, ApiOperation>(StringComparer.Ordinal)
    {
        [nameof(ListTemplates)] = new("What a new pipeline can begin with.", typeof(TemplateListView)),
        [nameof(CreatePipeline)] = new("Makes a pipeline from a template, or like another one. It runs when its draft is published.", typeof(CreatedView))
        {
            Body = Object(("title", Text()), ("template", Text()), ("name", Text()), ("from", Text())),
            Success = 201,
            Problems = [400, 404, 409, 413],
        },
        [nameof(CopyPipeline)] = new("Makes a draft on the page of a pipeline that is kept as code.", typeof(CreatedView))
        {
            Body = Object(("title", Text()), ("name", Text())),
            Success = 201,
            Problems = [400, 404, 409, 413],
        },
        [nameof(ImportPipelines)] = new("Makes drafts of the pipelines of a pipelines.json.", typeof(ImportedView))
        {
            Body = Object(("Pipelines", AnyObject())),
            Success = 201,
            Problems = [400, 409, 413],
        },
        [nameof(ExportPipeline)] = new("The pipeline as it would stand in pipelines.json. Secrets are left out and listed.", typeof(object)) { Problems = [404] },
        [nameof(GetDraft)] = new("The draft, with its ETag. Secrets are listed without their values.", typeof(DraftView)) { Problems = [404, 409] },
        [nameof(SaveDraft)] = new("Saves the draft that If-Match names; it may be wrong. 412 carries the other's draft.", typeof(DraftView))
        {
            Body = Object(("title", Text()), ("settings", AnyObject()), ("name", Text())),
            Problems = [400, 404, 409, 412, 413, 428],
        },
        [nameof(ValidateDraft)] = new("What is wrong with the draft.", typeof(SettingProblemsView)) { Problems = [404, 409] },
        [nameof(SetSecret)] = new("Sets a secret. No route gives it back.", typeof(object)) { Body = Object(("value", Text())), Success = 204, Problems = [400, 404, 409, 413] },
        [nameof(GenerateSecret)] = new("Makes up the secret of the webhook's or the postback's address. The last one stays valid beside it.", typeof(object))
        {
            Success = 204,
            Problems = [404, 409],
        },
        [nameof(PublishPipeline)] = new("Puts the draft in force as a new revision; the first one starts the pipeline. 409 carries what is wrong.", typeof(PublishedView))
        {
            Body = Object(("note", Text())),
            Problems = [400, 404, 409, 412, 413],
        },
        [nameof(ListRevisions)] = new("The history, newest first.", typeof(RevisionListView)) { Problems = [404, 409] },
        [nameof(GetRevision)] = new("A revision, and what it changed against the one before it.", typeof(RevisionView)) { Problems = [404, 409] },
        [nameof(RestoreRevision)] = new("Puts an old revision's settings in force again, as a new revision, with the secrets of today.", typeof(PublishedView))
        {
            Body = Object(("note", Text())),
            Problems = [400, 404, 409, 413],
        },
        [nameof(StartPipeline)] = new("Takes new records.", typeof(PipelineStateView)) { Problems = [404, 409] },
        [nameof(StopPipeline)] = new("Takes no new records: webhooks are ignored. What was taken before is delivered.", typeof(PipelineStateView)) { Problems = [404, 409] },
        [nameof(CheckDraft)] = new("Checks the draft's keys and its flow by reads, without a fake lead.", typeof(ChecksView)) { Problems = [404, 409] },
        [nameof(ListDraftRecords)] = new("The newest records of the cabinet, by the draft's key. Titles are masked.", typeof(RecentListView)) { Problems = [404, 409, 502] },
        [nameof(ListDraftFlows)] = new("The flows of the Offerum account, by the draft's key.", typeof(FlowListView)) { Problems = [404, 409, 502] },
        [nameof(TryDraft)] = new("A real record under the draft, as it is, not masked: what is read, which rules it meets, what each destination would get. Sends and stores nothing.", typeof(TrialView))
        {
            Body = Record(),
            Problems = [400, 404, 409, 413],
        },
        [nameof(PassDraft)] = new("How many of the newest records age and filter would let through.", typeof(PassView)) { Body = Object(("take", Integer())), Problems = [400, 404, 409, 413, 502] },
        [nameof(CompareDraft)] = new("Compares the draft with what is live over the journal's newest records, fetched again. Sends nothing.", typeof(ComparisonStartedView))
        {
            Body = Object(("take", Integer())),
            Success = 202,
            Problems = [400, 404, 409, 413],
        },
        [nameof(GetComparison)] = new("How far a comparison is, and what it has found.", typeof(ComparisonView)) { Problems = [404, 409] },
        [nameof(CancelComparison)] = new("Ends a comparison.", typeof(object)) { Success = 204, Problems = [404, 409] },
        [nameof(SendTest)] = new("Sends one record through the live pipeline, as its webhook would: for real.", typeof(SentView)) { Body = Record(), Success = 202, Problems = [400, 404, 409, 413] },
        [nameof(GetLastWebhook)] = new("The last webhook that came, without a client's data.", typeof(LastWebhookView)) { Problems = [404, 409] },
        [nameof(ArchivePipeline)] = new("Puts a stopped pipeline away. Its operations stay; a draft that was never published is removed.", typeof(object))
        {
            Success = 204,
            Problems = [404, 409],
        },
    };

    private static JsonObject Record() => Object(("kind", Kind()), ("id", new JsonObject { ["type"] = new JsonArray("integer", "string") }));

    private static JsonObject AnyObject() => new() { ["type"] = "object" };
}
