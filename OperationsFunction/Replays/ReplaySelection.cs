using System.Runtime.CompilerServices;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Walks the operations a replay would take, by the state index.</summary>
public sealed class ReplaySelection(OpenOperations open, PipelineCatalog pipelines)
{
    /// <param name="query">What is asked for; checked before.</param>
    /// <param name="from"><c>enrich</c> or <c>send</c>.</param>
    /// <param name="untouchedSince">Only operations not updated at or after this.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public async IAsyncEnumerable<Operation> FindAsync(
        ReplayQuery query, string from, DateTimeOffset untouchedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var states = query.State is { } one ? [Enum.Parse<OperationState>(one, ignoreCase: true)] : Allowed(from);
        foreach (var pipeline in pipelines.All.Where(p => query.Pipeline is null || p.Name == query.Pipeline))
        {
            foreach (var state in states)
            {
                await foreach (var operation in open.InStateAsync(pipeline.Name, state, cancellationToken))
                {
                    if (operation.UpdatedAt < untouchedSince && query.Matches(operation))
                    {
                        yield return operation;
                    }
                }
            }
        }
    }

    public static IReadOnlyList<OperationState> Allowed(string from) =>
        from == "enrich" ? ActionRules.ReplayEnrich : ActionRules.SendAgain;
}
