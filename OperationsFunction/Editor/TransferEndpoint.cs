using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Exports pipelines to <c>pipelines.json</c> and imports them from it. Secrets are not exported; the file lists the missing ones.</summary>
public sealed class TransferEndpoint(EditorAccess access, RevisionStore store, DraftReader drafts, NameChoice names, PipelineMaker maker, CodePipelines code)
{
    private const string Secrets = "$secrets", Titles = "$titles", Continue = "$continue";

    private const int MaxPipelines = 20;

    /// <summary>Exports the live revision, or the draft if the pipeline was never published.</summary>
    public Task<IResult> ExportAsync(string name, CancellationToken cancellationToken) => code.Find(name) is { } kept
        ? Task.FromResult(Answer(name, name, kept.Settings, kept.Secrets.Keys))
        : access.ReadAsync(
            name,
            async live =>
            {
                if (live.Revision is { } number && await store.ReadRevisionAsync(name, number, cancellationToken) is { } revision)
                {
                    return Answer(name, revision.Title, PipelineSettings.Parse(revision.Settings), revision.Secrets.Keys);
                }

                var draft = await drafts.ReadAsync(live, cancellationToken);
                return Answer(name, draft.Draft.Title, PipelineSettings.Parse(draft.Draft.Settings), draft.Used.Keys);
            },
            cancellationToken);

    /// <summary>Creates drafts from a file's pipelines, all or none; with <c>$continue</c> also under names of removed pipelines.</summary>
    public async Task<IResult> ImportAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, refusal) = await EditorBody.ReadAsync(request, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        var file = body.Object(PipelineReader.Section);
        if (file?[EditingSettings.Switch] is JsonValue)
        {
            // The switch is in the same section but is not a pipeline.
            file.Remove(EditingSettings.Switch);
        }

        if (file is not { Count: > 0 and <= MaxPipelines } all || all.Any(pair => pair.Value is not JsonObject))
        {
            return Problems.BadRequest($"The body is as pipelines.json: {{\"Pipelines\":{{\"main\":{{…}}}}}}, with 1 to {MaxPipelines} pipelines.");
        }

        return await access.MakeAsync(() => ImportAsync(all, body.Object(Titles), body.Flag(Continue), OperatorName.Of(request), cancellationToken));
    }

    private async Task<IResult> ImportAsync(JsonObject all, JsonObject? titles, bool continues, string? by, CancellationToken cancellationToken)
    {
        foreach (var (name, _) in all)
        {
            if (await names.RefusalAsync(name, continues, cancellationToken) is { } refusal)
            {
                return refusal;
            }
        }

        var made = new List<string>();
        foreach (var (name, settings) in all)
        {
            var title = titles?[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim().Length > 0 ? text.Trim() : name;
            if (!await maker.MakeAsync(name, title, settings!.DeepClone().AsObject(), [], by, cancellationToken))
            {
                return NameChoice.Taken(name);
            }

            made.Add(name);
        }

        return TypedResults.Json(new ImportedView(made), EditorJson.Types.ImportedView, statusCode: StatusCodes.Status201Created);
    }

    private static IResult Answer(string name, string title, JsonObject? settings, IEnumerable<string> secrets)
    {
        var file = new JsonObject
        {
            [PipelineReader.Section] = new JsonObject { [name] = settings ?? [] },
            [Titles] = new JsonObject { [name] = title },
            [Secrets] = new JsonArray([.. secrets.Order(StringComparer.Ordinal).Select(key => (JsonNode)$"{PipelineReader.Section}:{name}:{key}")]),
        };
        return TypedResults.Text(file.ToJsonString(new System.Text.Json.JsonSerializerOptions(EditorJson.Types.Options) { WriteIndented = true }), "application/json", System.Text.Encoding.UTF8);
    }
}
