using System.Runtime.CompilerServices;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Walks the operations that a replay would take in the state index, starting at the last checkpoint.</summary>
public sealed class ReplaySelection(OpenOperations open, PipelineCatalog pipelines)
{
    /// <param name="query">The query; already validated.</param>
    /// <param name="from"><c>enrich</c> or <c>send</c>.</param>
    /// <param name="untouchedSince">Only operations not updated at or after this.</param>
    /// <param name="checkpoint">Where the walk stopped; null: from the beginning.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <returns>Each operation with the checkpoint to continue after it.</returns>
    public async IAsyncEnumerable<(Operation Operation, string Checkpoint)> FindAsync(
        ReplayQuery query, string from, DateTimeOffset untouchedSince, string? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (startScope, startKey) = Read(checkpoint);
        foreach (var (scope, pipeline, state, kind) in Scopes(query, from))
        {
            var order = startScope is null ? 1 : string.CompareOrdinal(scope, startScope);
            if (order < 0)
            {
                continue;
            }

            await foreach (var operation in open.InStateAsync(pipeline, kind, state, order == 0 ? startKey : null, cancellationToken))
            {
                if (operation.UpdatedAt < untouchedSince && query.Matches(operation) && IsFound(operation, query, from, state))
                {
                    yield return (operation, $"{scope}/{OpenOperations.PositionOf(operation)}");
                }
            }
        }
    }

    /// <summary>The pipelines that can be replayed now.</summary>
    public IEnumerable<string> Usable(ReplayQuery query) => pipelines.All.Select(p => p.Name).Where(name => query.Pipeline is null || name == query.Pipeline);

    /// <summary>Why a replay of these cannot continue now, for the operator; null: it can.</summary>
    public string? FindObstacle(string? pipeline) => BulkObstacle.Find(pipelines.Current, pipeline);

    /// <summary>Why a replay cannot end now, for the operator; null: it can. One of all pipelines waits for operations of those that cannot be used.</summary>
    public async Task<string?> FindObstacleAsync(Replay replay, CancellationToken cancellationToken)
    {
        var current = pipelines.Current;
        if (BulkObstacle.Find(current, replay.Query.Pipeline) is { } obstacle)
        {
            return obstacle;
        }

        foreach (var name in replay.Query.Pipeline is null ? BulkObstacle.Broken(current) : [])
        {
            if (await FindAsync(replay.Query with { Pipeline = name }, replay.From, replay.StartedAt, checkpoint: null, cancellationToken).AnyAsync(cancellationToken))
            {
                return BulkObstacle.Find(current, name);
            }
        }

        return null;
    }

    /// <summary>States that allow such a replay.</summary>
    public static IReadOnlyList<OperationState> Allowed(string from) =>
        [.. Enum.GetValues<OperationState>().Where(s => s.Allowed().HasFlag(from == "enrich" ? OperatorActions.ReplayEnrich : OperatorActions.ReplaySend))];

    /// <summary>Whether this state is the first one that finds the operation: its deliveries may be in several states.</summary>
    private static bool IsFound(Operation operation, ReplayQuery query, string from, OperationState state)
    {
        bool IsIn(OperationState wanted) => operation.Standings.Any(s =>
            s.State == wanted
            && (query.Error is not { } error || s.Error?.Code == error)
            && (query.Destination is not { } destination || s.Destination is null || s.Destination == destination));

        return IsIn(state) && !query.States(from).Any(s => string.CompareOrdinal(s.ToString(), state.ToString()) < 0 && IsIn(s));
    }

    private IEnumerable<(string Scope, string Pipeline, OperationState State, RecordKind Kind)> Scopes(ReplayQuery query, string from)
    {
        var states = query.States(from);
        var current = pipelines.Current;
        return (from pipeline in query.Pipeline is { } one ? [one] : current.All.Select(p => p.Name).Concat(BulkObstacle.Broken(current))
                from state in states
                from kind in JournalKeys.Kinds
                select ($"{pipeline}/{state}/{kind}", pipeline, state, kind))
            .OrderBy(s => s.Item1, StringComparer.Ordinal);
    }

    private static (string? Scope, string? Checkpoint) Read(string? checkpoint)
    {
        var end = checkpoint?.LastIndexOf('/') ?? -1;
        return end < 0 ? (null, null) : (checkpoint![..end], checkpoint[(end + 1)..]);
    }
}
