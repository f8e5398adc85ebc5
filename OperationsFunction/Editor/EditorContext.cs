using System.Text.Json.Serialization;
using UonOfferum.OperationsFunction.Views;

namespace UonOfferum.OperationsFunction.Editor;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CreatedView))]
[JsonSerializable(typeof(TemplateListView))]
[JsonSerializable(typeof(DraftView))]
[JsonSerializable(typeof(SettingProblemsView))]
[JsonSerializable(typeof(PublishedView))]
[JsonSerializable(typeof(RevisionListView))]
[JsonSerializable(typeof(RevisionView))]
[JsonSerializable(typeof(PipelineStateView))]
[JsonSerializable(typeof(ImportedView))]
[JsonSerializable(typeof(RecentListView))]
[JsonSerializable(typeof(FlowListView))]
[JsonSerializable(typeof(TrialView))]
[JsonSerializable(typeof(PassView))]
[JsonSerializable(typeof(SentView))]
[JsonSerializable(typeof(LastWebhookView))]
[JsonSerializable(typeof(ComparisonStartedView))]
[JsonSerializable(typeof(ComparisonView))]
internal sealed partial class EditorContext : JsonSerializerContext;

internal static class EditorJson
{
    public static EditorContext Types { get; } = new(ReadableJson.Options(EditorContext.Default));
}
