using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>The HTTP side of replays of many operations.</summary>
public sealed class ReplayEndpoint(ReplayStore store, ReplaySelection selection, PipelineCatalog pipelines, TimeProvider time)
{
    private const int MaxBody = 16 * 1024;
    private const int MaxName = 500;

    public async Task<IResult> PreviewAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (asked, problem) = await ReadAsync(request, cancellationToken);
        return asked is null
            ? Problems.BadRequest(problem!)
            : TypedResults.Json(new ReplayPreview(await CountAsync(asked, cancellationToken)), ReplayContext.Default.ReplayPreview);
    }

    public async Task<IResult> StartAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (asked, problem) = await ReadAsync(request, cancellationToken);
        if (asked is null)
        {
            return Problems.BadRequest(problem!);
        }

        var replay = new Replay
        {
            Id = RunId.New(time),
            Query = asked.Query!,
            From = asked.From!,
            PerMinute = asked.PerMinute ?? Replay.DefaultPerMinute,
            By = asked.By,
            StartedAt = time.GetUtcNow(),
            State = ReplayState.Running,
            Total = await CountAsync(asked, cancellationToken),
        };
        await store.AddAsync(replay, cancellationToken);
        return await ViewAsync(replay, cancellationToken, StatusCodes.Status202Accepted);
    }

    public async Task<IResult> GetAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } stored ? await ViewAsync(stored.Run, cancellationToken) : Missing();

    public async Task<IResult> CancelAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        await store.CancelAsync(id, OperatorName.Of(request), cancellationToken) is { } run ? await ViewAsync(run, cancellationToken) : Missing();

    private async Task<int> CountAsync(ReplayRequest asked, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in selection.FindAsync(asked.Query!, asked.From!, DateTimeOffset.MaxValue, checkpoint: null, cancellationToken))
        {
            count++;
        }

        return count;
    }

    private async Task<(ReplayRequest? Asked, string? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = await BoundedBody.ReadJsonAsync(request.Body, MaxBody, ReplayRequestContext.Default.ReplayRequest, cancellationToken);
        return asked is null
            ? (null, "The body must be JSON such as {\"query\":{\"state\":\"Failed\"},\"from\":\"enrich\",\"perMinute\":60}. A query may have pipeline, kind, state, from, to, error and destination, and nothing else.")
            : Problem(asked) is { } problem ? (null, problem) : (asked with { Query = asked.Query ?? Everything, By = OperatorName.Of(request, asked.By) }, null);
    }

    private static readonly ReplayQuery Everything = new(null, null, null, null, null, null, null);

    private string? Problem(ReplayRequest asked)
    {
        if (asked.From is not ("enrich" or "send"))
        {
            return "from must be \"enrich\" (fetch the records again) or \"send\" (send what was read).";
        }

        if (asked.PerMinute is < 1 or > Replay.MaxPerMinute)
        {
            return $"perMinute must be a number from 1 to {Replay.MaxPerMinute}.";
        }

        if (asked.By?.Length > MaxName)
        {
            return $"by must have at most {MaxName} characters.";
        }

        var query = asked.Query ?? Everything;
        var allowed = ReplaySelection.Allowed(asked.From);
        return query switch
        {
            { Pipeline: { } name } when !pipelines.TryFind(name, out _) => $"There is no pipeline '{name}'.",
            { Kind: { } kind } when !RecordKindNames.TryParse(kind, out _) => "kind must be lead, request or auto.",
            { State: { } state } when !OperationStateNames.TryParse(state, out var read) || !allowed.Contains(read)
                => $"A replay from {asked.From} is possible in the states {string.Join(", ", allowed)}.",
            _ => null,
        };
    }

    private async Task<IResult> ViewAsync(Replay replay, CancellationToken cancellationToken, int status = StatusCodes.Status200OK)
    {
        var obstacle = replay.State == ReplayState.Running ? await selection.FindObstacleAsync(replay, cancellationToken) : null;
        return TypedResults.Json(ReplayView.Of(replay, obstacle), ReplayContext.Default.ReplayView, statusCode: status);
    }

    private static IResult Missing() => Problems.NotFound("There is no such replay.");
}
