using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Creates pipelines: from a template, or as a copy of another one, whether stored or kept as code.</summary>
public sealed class CreateEndpoint(EditorAccess access, PipelineMaker maker, RevisionStore store, DraftReader drafts, SecretValues values, CodePipelines code)
{
    public static IResult Templates() => TypedResults.Json(PipelineTemplates.List, EditorJson.Types.TemplateListView);

    /// <summary>Body: title, and template, name or from.</summary>
    public async Task<IResult> CreateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, refusal) = await EditorBody.ReadAsync(request, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        if (DraftEndpoint.Title(body) is not { } title)
        {
            return Problems.BadRequest("title is the pipeline's name for people, such as «Заявки из Турции».");
        }

        return await access.MakeAsync(
            () => body.Text("from") is { } from
                ? LikeAsync(from, title, body.Text("name"), OperatorName.Of(request), cancellationToken)
                : FromTemplateAsync(body.Text("template") ?? PipelineTemplates.Default, title, body.Text("name"), OperatorName.Of(request), cancellationToken));
    }

    /// <summary>Creates a draft from a pipeline that is kept as code. Body: title.</summary>
    public async Task<IResult> CopyAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var (body, refusal) = await EditorBody.ReadAsync(request, cancellationToken);
        return body is null
            ? refusal!
            : await access.MakeAsync(
                () => LikeAsync(name, DraftEndpoint.Title(body) ?? name, body.Text("name"), OperatorName.Of(request), cancellationToken));
    }

    private async Task<IResult> FromTemplateAsync(string template, string title, string? name, string? by, CancellationToken cancellationToken) =>
        PipelineTemplates.Find(template) is { } settings
            ? await MakeAsync(title, name, settings, [], by, cancellationToken)
            : Problems.BadRequest($"There is no template '{template}'. Known: {string.Join(", ", PipelineTemplates.Ids)}.");

    private async Task<IResult> LikeAsync(string from, string title, string? name, string? by, CancellationToken cancellationToken)
    {
        if (code.Find(from) is { } kept)
        {
            return await MakeAsync(title, name, kept.Settings, Others(kept.Secrets), by, cancellationToken);
        }

        if (await store.FindAsync(from, cancellationToken) is not { } live)
        {
            return Problems.NotFound($"There is no pipeline '{from}'.");
        }

        var draft = await drafts.ReadAsync(live, cancellationToken);
        var secrets = await values.ResolveAsync(from, draft.Used, cancellationToken);
        return await MakeAsync(title, name, PipelineSettings.Parse(draft.Draft.Settings) ?? [], Others(secrets.Values), by, cancellationToken);
    }

    /// <summary>Two pipelines with one address would receive each other's webhooks.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Others(IEnumerable<KeyValuePair<string, string>> secrets) => secrets.Where(s => !SecretKeys.IsOwn(s.Key));

    private async Task<IResult> MakeAsync(
        string title, string? name, JsonObject settings, IEnumerable<KeyValuePair<string, string>> secrets, string? by, CancellationToken cancellationToken)
    {
        if (name is not null && PipelineNames.Refusal(name) is { } refusal)
        {
            return Problems.BadRequest(refusal);
        }

        if (name is not null && await maker.IsTakenAsync(name, cancellationToken))
        {
            return Taken(name);
        }

        var chosen = name ?? await maker.FreeNameAsync(title, cancellationToken);
        return await maker.MakeAsync(chosen, title, settings, secrets, by, cancellationToken)
            ? TypedResults.Json(new CreatedView(chosen, title), EditorJson.Types.CreatedView, statusCode: StatusCodes.Status201Created)
            : Taken(chosen);
    }

    internal static IResult Taken(string name) => Problems.Conflict($"There is a pipeline '{name}' already. Choose another name.");
}
