using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Creates pipelines: from a template, or as a copy of another one, whether stored or kept as code.</summary>
public sealed class CreateEndpoint(EditorAccess access, NameChoice names, PipelineMaker maker, RevisionStore store, DraftReader drafts, SecretValues values, CodePipelines code)
{
    /// <summary>The member that asks for the operations of a removed pipeline, together with its name.</summary>
    internal const string Continue = "continue";

    public static IResult Templates() => TypedResults.Json(PipelineTemplates.List, EditorJson.Types.TemplateListView);

    /// <summary>Body: title, and template, name or from; continue: the name may be that of a removed pipeline.</summary>
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

        var wanted = new Wanted(title, body.Text("name"), body.Flag(Continue), OperatorName.Of(request));
        return await access.MakeAsync(
            () => body.Text("from") is { } from
                ? LikeAsync(from, wanted, cancellationToken)
                : FromTemplateAsync(body.Text("template") ?? PipelineTemplates.Default, wanted, cancellationToken));
    }

    /// <summary>Creates a draft from a pipeline that is kept as code. Body: title, name, continue.</summary>
    public async Task<IResult> CopyAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var (body, refusal) = await EditorBody.ReadAsync(request, cancellationToken);
        return body is null
            ? refusal!
            : await access.MakeAsync(
                () => LikeAsync(
                    name, new Wanted(DraftEndpoint.Title(body) ?? name, body.Text("name"), body.Flag(Continue), OperatorName.Of(request)), cancellationToken));
    }

    private async Task<IResult> FromTemplateAsync(string template, Wanted wanted, CancellationToken cancellationToken) =>
        PipelineTemplates.Find(template) is { } settings
            ? await MakeAsync(wanted, settings, [], cancellationToken)
            : Problems.BadRequest($"There is no template '{template}'. Known: {string.Join(", ", PipelineTemplates.Ids)}.");

    private async Task<IResult> LikeAsync(string from, Wanted wanted, CancellationToken cancellationToken)
    {
        if (code.Find(from) is { } kept)
        {
            return await MakeAsync(wanted, kept.Settings, Others(kept.Secrets), cancellationToken);
        }

        if (await store.FindAsync(from, cancellationToken) is not { } live)
        {
            return Problems.NotFound($"There is no pipeline '{from}'.");
        }

        var draft = await drafts.ReadAsync(live, cancellationToken);
        var secrets = await values.ResolveAsync(from, draft.Used, cancellationToken);
        return await MakeAsync(wanted, PipelineSettings.Parse(draft.Draft.Settings) ?? [], Others(secrets.Values), cancellationToken);
    }

    /// <summary>Two pipelines with one address would receive each other's webhooks.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Others(IEnumerable<KeyValuePair<string, string>> secrets) => secrets.Where(s => !SecretKeys.IsOwn(s.Key));

    private async Task<IResult> MakeAsync(Wanted wanted, JsonObject settings, IEnumerable<KeyValuePair<string, string>> secrets, CancellationToken cancellationToken)
    {
        if (wanted.Name is { } name && await names.RefusalAsync(name, wanted.Continues, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var chosen = wanted.Name ?? await names.FreeAsync(wanted.Title, cancellationToken);
        return await maker.MakeAsync(chosen, wanted.Title, settings, secrets, wanted.By, cancellationToken)
            ? TypedResults.Json(new CreatedView(chosen, wanted.Title), EditorJson.Types.CreatedView, statusCode: StatusCodes.Status201Created)
            : NameChoice.Taken(chosen);
    }

    /// <summary>What a request says of the pipeline to create.</summary>
    /// <param name="Title">The display title.</param>
    /// <param name="Name">Null: derived from the title.</param>
    /// <param name="Continues">The name may be that of a removed pipeline.</param>
    /// <param name="By">The operator's name.</param>
    private sealed record Wanted(string Title, string? Name, bool Continues, string? By);
}
