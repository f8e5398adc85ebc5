using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>
/// Starts, stops and archives pipelines. A stopped pipeline accepts no new records; those it accepted before are delivered. (A paused one
/// accepts records and holds them.)
/// </summary>
public sealed partial class LifecycleEndpoint(
    EditorAccess access, RevisionStore store, PipelineRegistry registry, PipelineRefresh refresh, TimeProvider time, ILogger<LifecycleEndpoint> logger)
{
    /// <summary>
    /// Also brings an archived pipeline back. <c>{"from": "2026-11-28T09:00:00+03:00"}</c> sets the time from which to look for records that no
    /// webhook announced; without it, records that arrived while the pipeline was stopped are not fetched.
    /// </summary>
    public async Task<IResult> StartAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var (body, refusal) = await EditorBody.ReadAsync(request, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        if (!body.TryMoment("from", out var from) || from > time.GetUtcNow())
        {
            return Problems.BadRequest("from must be a past time with its time zone, such as 2026-11-28T09:00:00+03:00. Omit it to start from now.");
        }

        return await access.MakeAsync(
            () => access.ReadAsync(
                name,
                async live => live.Revision is null
                    ? Problems.Conflict($"'{name}' was never published. Publish it first: that starts it.")
                    : View(await StartAsync(request, live, from, cancellationToken)),
                cancellationToken));
    }

    private async Task<StoredPipeline> StartAsync(HttpRequest request, StoredPipeline live, DateTimeOffset? from, CancellationToken cancellationToken)
    {
        if (from is not null || !live.IsRunning)
        {
            // Do this before the pipeline runs, or the next reconciliation would include the stopped period.
            await registry.StartAsync(live.Name, from ?? time.GetUtcNow(), cancellationToken);
        }

        return await PutAsync(request, live, next => next with { IsRunning = true, IsArchived = false }, "started", cancellationToken);
    }

    public Task<IResult> StopAsync(HttpRequest request, string name, CancellationToken cancellationToken) => access.ChangeAsync(
        name, async live => View(await PutAsync(request, live, next => next with { IsRunning = false }, "stopped", cancellationToken)), cancellationToken);

    /// <summary>Its operations and its name stay; a draft that was never published has no operations and is removed.</summary>
    public Task<IResult> ArchiveAsync(HttpRequest request, string name, CancellationToken cancellationToken) => access.MakeAsync(
        () => access.ReadAsync(
            name,
            async live =>
            {
                if (live is { IsRunning: true, Revision: not null, IsArchived: false })
                {
                    return Problems.Conflict($"'{name}' is running. Stop it first.");
                }

                if (live.Revision is null && await store.ReadDraftAsync(name, cancellationToken) is { } draft)
                {
                    if (!await store.RemoveDraftAsync(live, draft, cancellationToken))
                    {
                        return Problems.Conflict($"'{name}' is being changed by somebody else. Try again.");
                    }

                    await refresh.RunAsync(cancellationToken);
                }
                else
                {
                    await PutAsync(request, live, next => next with { IsRunning = false, IsArchived = true }, "archived", cancellationToken);
                }

                return TypedResults.NoContent();
            },
            cancellationToken));

    private async Task<StoredPipeline> PutAsync(
        HttpRequest request, StoredPipeline live, Func<StoredPipeline, StoredPipeline> change, string what, CancellationToken cancellationToken)
    {
        var next = change(live) with { UpdatedAt = time.GetUtcNow() };
        while (!await store.UpdateAsync(next, cancellationToken))
        {
            next = change(await store.FindAsync(live.Name, cancellationToken) ?? live) with { UpdatedAt = time.GetUtcNow() };
        }

        Log.Changed(logger, live.Name, what, OperatorName.Of(request) ?? "an operator");
        await refresh.RunAsync(cancellationToken);
        return next;
    }

    private static IResult View(StoredPipeline live) =>
        TypedResults.Json(new PipelineStateView(live.Name, live.IsRunning, live.Revision), EditorJson.Types.PipelineStateView);

    private static partial class Log
    {
        [LoggerMessage(1725, LogLevel.Warning, "{Pipeline}: {What} by {By}")]
        public static partial void Changed(ILogger logger, string pipeline, string what, string by);
    }
}
