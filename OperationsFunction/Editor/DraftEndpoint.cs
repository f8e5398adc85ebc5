using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Shows a draft, saves it, and reports its problems. An invalid draft is saved like any other.</summary>
public sealed class DraftEndpoint(EditorAccess access, RevisionStore store, DraftReader drafts, DraftSecrets secrets, PipelineRename rename, TimeProvider time)
{
    private const string Any = "*";

    public Task<IResult> GetAsync(string name, CancellationToken cancellationToken) => access.ReadAsync(
        name, async live => Answer((await drafts.ReadAsync(live, cancellationToken)).View()), cancellationToken);

    public Task<IResult> ValidateAsync(string name, CancellationToken cancellationToken) => access.ReadAsync(
        name,
        async live => TypedResults.Json(new SettingProblemsView((await drafts.ReadAsync(live, cancellationToken)).Problems), EditorJson.Types.SettingProblemsView),
        cancellationToken);

    public async Task<IResult> SaveAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var (body, refusal) = await EditorBody.ReadAsync(request, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        if (body.Has("settings") && body.Object("settings") is null)
        {
            return Problems.BadRequest("settings must be a JSON object: the content of Pipelines:{name} in pipelines.json.");
        }

        var version = request.Headers.IfMatch.ToString();
        return version.Length == 0
            ? EditorProblems.NoIfMatch()
            : await access.ChangeAsync(name, live => SaveAsync(live, body, version, OperatorName.Of(request), cancellationToken), cancellationToken);
    }

    private async Task<IResult> SaveAsync(StoredPipeline live, EditorBody body, string version, string? by, CancellationToken cancellationToken)
    {
        var before = await drafts.ReadAsync(live, cancellationToken);
        if (version != Any && version != before.Draft.Version)
        {
            return EditorProblems.DraftChanged(before.View());
        }

        var (settings, found) = body.Object("settings") is { } given ? drafts.Split(live.Name, given) : (before.Draft.Settings, []);
        if (System.Text.Encoding.UTF8.GetByteCount(settings) > PipelineSettings.MaxBytes)
        {
            return EditorProblems.TooLarge(PipelineSettings.MaxBytes);
        }

        var next = before.Draft with { Title = Title(body) ?? before.Draft.Title, Settings = settings, UpdatedAt = time.GetUtcNow(), UpdatedBy = by };
        var wanted = body.Text("name") ?? live.Name;
        if (wanted != live.Name && await rename.RefusalAsync(live, wanted, body.Flag(CreateEndpoint.Continue), cancellationToken) is { } refusal)
        {
            return refusal;
        }

        // Secrets first, so that none is lost and a saved draft always finds its own.
        foreach (var (key, value) in found)
        {
            await secrets.SetAsync(live.Name, key, value, by, cancellationToken);
        }

        if (!await store.SaveDraftAsync(next, before.Draft.Version, cancellationToken))
        {
            return EditorProblems.DraftChanged((await drafts.ReadAsync(live, cancellationToken)).View());
        }

        if (wanted != live.Name)
        {
            if (await rename.RunAsync(live, wanted, cancellationToken) is not { } renamed)
            {
                return Problems.Conflict($"The name '{wanted}' was taken in the meantime. Everything else is saved.");
            }

            live = renamed;
        }

        return Answer((await drafts.ReadAsync(await store.FindAsync(live.Name, cancellationToken) ?? live, cancellationToken)).View());
    }

    /// <summary>Free text; null when the body has none.</summary>
    internal static string? Title(EditorBody body) => body.Text("title") is { } title ? title[..Math.Min(title.Length, MaxTitle)].TrimEnd() : null;

    private const int MaxTitle = 100;

    private static DraftResult Answer(DraftView view) => new(view);

    /// <summary>The draft with its ETag, which the next save must send.</summary>
    private sealed class DraftResult(DraftView view) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = view.Etag;
            httpContext.Response.Headers.CacheControl = "no-store";
            return TypedResults.Json(view, EditorJson.Types.DraftView).ExecuteAsync(httpContext);
        }
    }
}
