using System.Runtime.CompilerServices;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;

namespace UonOfferum.Shared.Journal;

/// <summary>Walks the state index: what it costs depends on what is open, not on what was ever sent.</summary>
public sealed class OpenOperations(JournalTable table, PipelineCatalog pipelines)
{
    private static readonly RecordKind[] Kinds = [RecordKind.Lead, RecordKind.Request, RecordKind.Auto];

    /// <summary>Operations of one state in all pipelines, as their index rows show them: without story and webhook.</summary>
    public async IAsyncEnumerable<Operation> InStateAsync(
        OperationState state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var pipeline in pipelines.All)
        {
            await foreach (var operation in InStateAsync(pipeline.Name, state, cancellationToken))
            {
                yield return operation;
            }
        }
    }

    public async IAsyncEnumerable<Operation> InStateAsync(
        string pipeline, OperationState state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var kind in Kinds)
        {
            var rows = await table.RangeAsync(
                JournalKeys.Partition(pipeline, kind), $"s|{state}|", $"s|{state}|~", int.MaxValue, null, cancellationToken);
            foreach (var row in rows)
            {
                yield return JournalRows.Read(row);
            }
        }
    }
}
