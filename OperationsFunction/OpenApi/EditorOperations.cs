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
        [nameof(ListTemplates)] = new("The templates for a new pipeline.", typeof(TemplateListView)),
        [nameof(CreatePipeline)] = new("Creates a pipeline from a template or as a copy of another one. It runs once its draft is published.", typeof(CreatedView))
        {
            Body = Object(("title", Text()), ("template", Text()), ("name", Text()), ("from", Text()), ("continue", Continue())),
            Success = 201,
            Problems = [400, 404, 409, 413],
        },
        [nameof(CopyPipeline)] = new("Creates an editable draft from a pipeline that is kept as code.", typeof(CreatedView))
        {
            Body = Object(("title", Text()), ("name", Text()), ("continue", Continue())),
            Success = 201,
            Problems = [400, 404, 409, 413],
        },
        [nameof(ImportPipelines)] = new("Creates drafts from the pipelines in a pipelines.json.", typeof(ImportedView))
        {
            Body = Object(("Pipelines", AnyObject()), ("$continue", Continue())),
            Success = 201,
            Problems = [400, 409, 413],
        },
        [nameof(ExportPipeline)] = new("The pipeline in the format of pipelines.json. Secrets are left out and listed separately.", typeof(object)) { Problems = [404] },
        [nameof(GetDraft)] = new("The draft, with its ETag. Secrets are listed without their values.", typeof(DraftView)) { Problems = [404, 409] },
        [nameof(SaveDraft)] = new("Saves the draft with the ETag in If-Match; the draft may contain errors. A 412 response contains the conflicting draft.", typeof(DraftView))
        {
            Body = Object(("title", Text()), ("settings", AnyObject()), ("name", Text()), ("continue", Continue())),
            Problems = [400, 404, 409, 412, 413, 428],
        },
        [nameof(ValidateDraft)] = new("The errors in the draft.", typeof(SettingProblemsView)) { Problems = [404, 409] },
        [nameof(SetSecret)] = new("Sets a secret. No route returns it.", typeof(object)) { Body = Object(("value", Text())), Success = 204, Problems = [400, 404, 409, 413] },
        [nameof(GenerateSecret)] = new("Generates the secret of the webhook or postback address. The previous one stays valid.", typeof(object))
        {
            Success = 204,
            Problems = [404, 409],
        },
        [nameof(PublishPipeline)] = new("Publishes the draft as a new revision; the first revision starts the pipeline. A 409 response lists the errors.", typeof(PublishedView))
        {
            Body = Object(("note", Text())),
            Problems = [400, 404, 409, 412, 413],
        },
        [nameof(ListRevisions)] = new("The history, newest first.", typeof(RevisionListView)) { Problems = [404, 409] },
        [nameof(GetRevision)] = new("A revision and its changes from the previous one.", typeof(RevisionView)) { Problems = [404, 409] },
        [nameof(RestoreRevision)] = new("Publishes an old revision's settings again, as a new revision with the current secrets.", typeof(PublishedView))
        {
            Body = Object(("note", Text())),
            Problems = [400, 404, 409, 413],
        },
        [nameof(StartPipeline)] = new("Starts the pipeline: new records are accepted. With from, records without a webhook since then are looked for, too.", typeof(PipelineStateView))
        {
            Body = Object(("from", Time())),
            Problems = [400, 404, 409, 413],
        },
        [nameof(StopPipeline)] = new("Stops the pipeline: webhooks are ignored. Records accepted before are still delivered.", typeof(PipelineStateView)) { Problems = [404, 409] },
        [nameof(CheckDraft)] = new("Checks the draft's keys and flow with read requests; sends no test lead.", typeof(ChecksView)) { Problems = [404, 409] },
        [nameof(ListDraftRecords)] = new("The newest records of the cabinet, read with the draft's key. Titles are masked.", typeof(RecentListView)) { Problems = [404, 409, 502] },
        [nameof(ListDraftFlows)] = new("The flows of the Offerum account, read with the draft's key.", typeof(FlowListView)) { Problems = [404, 409, 502] },
        [nameof(TryDraft)] = new("Applies the draft to a real record, unmasked: the fields read, the rules matched, the request for each destination. Sends and stores nothing.", typeof(TrialView))
        {
            Body = Record(),
            Problems = [400, 404, 409, 413],
        },
        [nameof(PassDraft)] = new("How many of the newest records pass the age limit and the filter.", typeof(PassView)) { Body = Object(("take", Integer())), Problems = [400, 404, 409, 413, 502] },
        [nameof(CompareDraft)] = new("Compares the draft with the live revision on the journal's newest records, which are fetched again. Sends nothing.", typeof(ComparisonStartedView))
        {
            Body = Object(("take", Integer())),
            Success = 202,
            Problems = [400, 404, 409, 413],
        },
        [nameof(GetComparison)] = new("The progress and results of a comparison.", typeof(ComparisonView)) { Problems = [404, 409] },
        [nameof(CancelComparison)] = new("Ends a comparison.", typeof(object)) { Success = 204, Problems = [404, 409] },
        [nameof(SendTest)] = new("Sends one record through the live pipeline, exactly as its webhook would. The order is real.", typeof(SentView)) { Body = Record(), Success = 202, Problems = [400, 404, 409, 413] },
        [nameof(GetLastWebhook)] = new("The last webhook received, without the client's data.", typeof(LastWebhookView)) { Problems = [404, 409] },
        [nameof(ArchivePipeline)] = new("Archives a stopped pipeline. Its operations stay; a draft that was never published is removed.", typeof(object))
        {
            Success = 204,
            Problems = [404, 409],
        },
    };

    private static JsonObject Record() => Object(("kind", Kind()), ("id", new JsonObject { ["type"] = new JsonArray("integer", "string") }));

    private static JsonObject Continue() => new() { ["type"] = "boolean", ["description"] = "The name may be that of a removed pipeline: its operations in the journal are continued." };

    private static JsonObject AnyObject() => new() { ["type"] = "object" };
}
