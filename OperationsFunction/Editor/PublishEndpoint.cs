using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>
/// Publishes a draft, or an older revision again, as a new revision. Running work is not affected: a message that has started is
/// finished with the revision it started with.
/// </summary>
public sealed partial class PublishEndpoint(
    EditorAccess access, RevisionStore store, DraftReader drafts, PipelineRegistry registry, PipelineRefresh refresh, TimeProvider time, ILogger<PublishEndpoint> logger)
{
    /// <summary>Another attempt is needed if another publication came first, or if a process ended between its steps.</summary>
    private const int MaxTries = 5;

    public async Task<IResult> PublishAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var (body, refusal) = await EditorBody.ReadAsync(request, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        var version = request.Headers.IfMatch.ToString();
        return await access.ChangeAsync(
            name,
            async live =>
            {
                for (var tries = 0; tries < MaxTries; tries++)
                {
                    var draft = await drafts.ReadAsync(live, cancellationToken);
                    if (version is { Length: > 0 } and not "*" && version != draft.Draft.Version)
                    {
                        return EditorProblems.DraftChanged(draft.View());
                    }

                    if (draft.Problems.Count > 0)
                    {
                        return EditorProblems.CannotPublish(draft.Problems);
                    }

                    if (live.Revision is null)
                    {
                        await registry.AddAsync(name, cancellationToken);
                    }

                    var revision = Next(live, draft.Draft.Title, draft.Draft.Settings, draft.Used, OperatorName.Of(request), body.Text("note"));
                    if (await store.PublishAsync(Live(live, revision), revision, draft.Draft with { BasedOn = revision.Number }, draft.Secrets, cancellationToken))
                    {
                        return await DoneAsync(revision, cancellationToken);
                    }

                    live = await store.FindAsync(name, cancellationToken) ?? live;
                }

                return Problems.Conflict($"'{name}' is being changed by somebody else. Check the draft, and publish it again.");
            },
            cancellationToken);
    }

    public async Task<IResult> RestoreAsync(HttpRequest request, string name, string n, CancellationToken cancellationToken)
    {
        var (body, refusal) = await EditorBody.ReadAsync(request, cancellationToken);
        return body is null
            ? refusal!
            : await access.ChangeAsync(name, live => RestoreAsync(live, n, OperatorName.Of(request), body.Text("note"), cancellationToken), cancellationToken);
    }

    private async Task<IResult> RestoreAsync(StoredPipeline live, string n, string? by, string? note, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (!RevisionEndpoint.TryNumber(n, out var number) || await store.ReadRevisionAsync(live.Name, number, cancellationToken) is not { } old)
            {
                return RevisionEndpoint.Missing(live.Name, n);
            }

            if (old.Schema > StoredRevision.CurrentSchema)
            {
                return Problems.Conflict($"Revision {number} was written by a newer version of the app. Deploy that version first.");
            }

            var draft = await drafts.ReadAsync(live, cancellationToken);
            var secrets = RestoredSecrets.Of(old, await store.ReadLiveAsync(live, cancellationToken), draft.Secrets);
            var again = new StoredDraft { Name = live.Name, Title = old.Title, Settings = old.Settings };
            var reading = await drafts.ReadAsync(live, again, secrets, cancellationToken);
            if (reading.Problems.Count > 0)
            {
                return EditorProblems.CannotPublish(reading.Problems);
            }

            var revision = Next(live, old.Title, old.Settings, reading.Used, by, note ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"restored from {number}"));
            // A draft with its own changes stays; an unchanged draft follows the live revision.
            var isUntouched = live.Hash == RevisionStore.HashOf(draft.Draft.Title, draft.Draft.Settings);
            var next = isUntouched ? draft.Draft with { Title = old.Title, Settings = old.Settings, BasedOn = revision.Number } : null;
            if (await store.PublishAsync(Live(live, revision), revision, next, null, cancellationToken))
            {
                return await DoneAsync(revision, cancellationToken);
            }

            live = await store.FindAsync(live.Name, cancellationToken) ?? live;
        }

        return Problems.Conflict($"'{live.Name}' is being changed by somebody else. Check its history, and restore again.");
    }

    private StoredRevision Next(StoredPipeline live, string title, string settings, IReadOnlyDictionary<string, string> secrets, string? by, string? note) => new()
    {
        Name = live.Name,
        Number = live.Last + 1,
        Title = title,
        Settings = settings,
        Secrets = secrets,
        At = time.GetUtcNow(),
        By = by,
        Note = note,
    };

    /// <summary>The first revision starts the pipeline; a later one leaves the running state unchanged.</summary>
    private static StoredPipeline Live(StoredPipeline live, StoredRevision revision) => live with
    {
        Title = revision.Title,
        Revision = revision.Number,
        Last = revision.Number,
        IsRunning = live.Revision is null || live.IsRunning,
        Hash = RevisionStore.HashOf(revision.Title, revision.Settings),
        UpdatedAt = revision.At,
    };

    private async Task<IResult> DoneAsync(StoredRevision revision, CancellationToken cancellationToken)
    {
        Log.Published(logger, revision.Name, revision.Number, revision.By ?? "an operator");
        await refresh.RunAsync(cancellationToken);
        return TypedResults.Json(new PublishedView(revision.Number), EditorJson.Types.PublishedView);
    }

    private static partial class Log
    {
        [LoggerMessage(1724, LogLevel.Warning, "{Pipeline}: revision {Revision} was published by {By}")]
        public static partial void Published(ILogger logger, string pipeline, int revision, string by);
    }
}
