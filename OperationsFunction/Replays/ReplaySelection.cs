using System.Runtime.CompilerServices;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Walks the operations a replay would take, by the state index, from where it last stopped.</summary>
public sealed class ReplaySelection(OpenOperations open, PipelineCatalog pipelines)
{
    /// <param name="query">What is asked for; checked before.</param>
    /// <param name="from"><c>enrich</c> or <c>send</c>.</param>
    /// <param name="untouchedSince">Only operations not updated at or after this.</param>
    /// <param name="place">Where the walk stopped; null: from the beginning.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <returns>Each operation with the place to go on after it.</returns>
    public async IAsyncEnumerable<(Operation Operation, string Place)> FindAsync(
        ReplayQuery query, string from, DateTimeOffset untouchedSince, string? place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (startScope, startPlace) = Read(place);
        foreach (var (scope, pipeline, state, kind) in Scopes(query, from))
        {
            var order = startScope is null ? 1 : string.CompareOrdinal(scope, startScope);
            if (order < 0)
            {
                continue;
            }

            await foreach (var operation in open.InStateAsync(pipeline, kind, state, order == 0 ? startPlace : null, cancellationToken))
            {
                if (operation.UpdatedAt < untouchedSince && query.Matches(operation))
                {
                    yield return (operation, $"{scope}/{OpenOperations.PlaceOf(operation)}");
                }
            }
        }
    }

    /// <summary>States from which such a replay may be asked for.</summary>
    public static IReadOnlyList<OperationState> Allowed(string from) =>
        from == "enrich" ? ActionRules.ReplayEnrich : ActionRules.SendAgain;

    /// <summary>
    /// What a query without a state means: what failed. Doubtful, held and discarded operations are replayed only when they are named.
    /// </summary>
    private static readonly OperationState[] Usual = [OperationState.Failed, OperationState.Rejected];

    private IEnumerable<(string Scope, string Pipeline, OperationState State, RecordKind Kind)> Scopes(ReplayQuery query, string from)
    {
        var states = query.State is { } one ? [Enum.Parse<OperationState>(one, ignoreCase: true)] : Usual.Where(Allowed(from).Contains);
        return (from pipeline in pipelines.All.Select(p => p.Name)
                where query.Pipeline is null || pipeline == query.Pipeline
                from state in states
                from kind in OpenOperations.Kinds
                select ($"{pipeline}/{state}/{kind}", pipeline, state, kind))
            .OrderBy(s => s.Item1, StringComparer.Ordinal);
    }

    private static (string? Scope, string? Place) Read(string? place)
    {
        var end = place?.LastIndexOf('/') ?? -1;
        return end < 0 ? (null, null) : (place![..end], place[(end + 1)..]);
    }
}
