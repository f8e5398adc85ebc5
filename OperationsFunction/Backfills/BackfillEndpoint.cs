using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Backfills;

/// <summary>The HTTP side of backfills.</summary>
public sealed class BackfillEndpoint(BackfillStore store, BackfillSelection selection, PipelineCatalog pipelines, TimeProvider time)
{
    private const int MaxBody = 4 * 1024;
    private const int MaxName = 500;

    /// <summary>Longer periods need several backfills.</summary>
    private const int MaxDays = 366;

    public async Task<IResult> PreviewAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (asked, refusal) = await ReadAsync(request, cancellationToken);
        if (asked is null)
        {
            return Problems.BadRequest(refusal!);
        }

        var (preview, problem) = await CountAsync(asked, cancellationToken);
        return preview is null ? Problems.Conflict(problem!) : TypedResults.Json(preview, BackfillContext.Default.BackfillPreview);
    }

    public async Task<IResult> StartAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (asked, refusal) = await ReadAsync(request, cancellationToken);
        if (asked is null)
        {
            return Problems.BadRequest(refusal!);
        }

        var (preview, problem) = await CountAsync(asked, cancellationToken);
        if (preview is null)
        {
            return Problems.Conflict(problem!);
        }

        var backfill = new Backfill
        {
            Id = RunId.New(time),
            Query = Query(asked),
            PerMinute = asked.PerMinute ?? Replay.DefaultPerMinute,
            By = OperatorName.Of(request, asked.By),
            StartedAt = time.GetUtcNow(),
            State = ReplayState.Running,
            Total = preview.Found,
        };
        await store.AddAsync(backfill, cancellationToken);
        return View(backfill, StatusCodes.Status202Accepted);
    }

    public async Task<IResult> GetAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } stored ? View(stored.Run) : Missing();

    public async Task<IResult> CancelAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        await store.CancelAsync(id, OperatorName.Of(request), cancellationToken) is { } run ? View(run) : Missing();

    private Task<(BackfillPreview? Preview, string? Problem)> CountAsync(BackfillRequest asked, CancellationToken cancellationToken) =>
        selection.CountAsync(pipelines.Get(asked.Pipeline!), Query(asked), cancellationToken);

    private static BackfillQuery Query(BackfillRequest asked) => new(asked.Pipeline!, asked.Kind, asked.From!.Value, asked.To!.Value);

    private async Task<(BackfillRequest? Asked, string? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = await BoundedBody.ReadJsonAsync(request.Body, MaxBody, BackfillContext.Default.BackfillRequest, cancellationToken);
        return asked is null
            ? (null, "The body must be JSON such as {\"pipeline\":\"main\",\"from\":\"2026-11-01\",\"to\":\"2026-11-30\",\"perMinute\":60}.")
            : Problem(asked) is { } problem ? (null, problem) : (asked, null);
    }

    private string? Problem(BackfillRequest asked) => asked switch
    {
        { Pipeline: null } => "pipeline must be the pipeline whose records are fetched.",
        { Pipeline: { } name } when !pipelines.TryFind(name, out _) => $"There is no pipeline '{name}'.",
        { Kind: not (null or "lead" or "request") } => "kind must be lead or request; without it both are fetched.",
        { From: null } or { To: null } => "from and to must be days such as 2026-11-30.",
        { From: { } from, To: { } to } when to < from => "to is the last day and must not be before from.",
        { From: { } from, To: { } to } when to.DayNumber - from.DayNumber >= MaxDays => $"A backfill covers at most {MaxDays} days. Start several.",
        { PerMinute: < 1 or > Replay.MaxPerMinute } => $"perMinute must be a number from 1 to {Replay.MaxPerMinute}.",
        { By.Length: > MaxName } => $"by must have at most {MaxName} characters.",
        _ => null,
    };

    private IResult View(Backfill backfill, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(BackfillView.Of(backfill, BulkObstacle.Find(pipelines.Current, backfill.Query.Pipeline)), BackfillContext.Default.BackfillView, statusCode: status);

    private static IResult Missing() => Problems.NotFound("There is no such backfill.");
}
