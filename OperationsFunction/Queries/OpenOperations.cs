using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Queries;

/// <summary>
/// Walks the state index, a page of rows at a time: the cost depends on the number of open operations, not of all operations. Operations are
/// read from their index rows: without story and webhook, the newest first.
/// </summary>
public sealed class OpenOperations(JournalTable table, PipelineCatalog pipelines)
{
    private const int PageSize = 200;

    /// <summary>Operations of one state in all pipelines.</summary>
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

    /// <summary>The position of an operation within its state.</summary>
    public static string PositionOf(Operation operation) => $"{JournalKeys.Inverted(operation.ReceivedAt)}|{JournalKeys.Plain(operation.Id.RecordId)}";

    /// <summary>How many there are, counted up to <paramref name="max"/>.</summary>
    public async Task<int> CountAsync(string pipeline, OperationState state, int max, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var kind in JournalKeys.Kinds)
        {
            count += await table.CountAsync(JournalKeys.Partition(pipeline, kind), $"s|{state}|", $"s|{state}|~", max - count, cancellationToken);
        }

        return count;
    }

    /// <summary>
    /// How many of them need an operator. Only an uncertain operation may need nobody: these are read. One that this version cannot read counts, and all
    /// count if there are more than <paramref name="max"/>: a false alarm is better than none.
    /// </summary>
    public async Task<int> CountForOperatorAsync(string pipeline, OperationState state, int max, CancellationToken cancellationToken)
    {
        if (state != OperationState.Uncertain)
        {
            return await CountAsync(pipeline, state, max, cancellationToken);
        }

        var (read, count) = (0, 0);
        foreach (var kind in JournalKeys.Kinds)
        {
            await foreach (var row in RowsAsync(pipeline, kind, state, after: null, cancellationToken))
            {
                if (++read > max)
                {
                    return max;
                }

                count += JournalRows.TryRead(row) is not { } operation || operation.Standings.Any(s => s.NeedsOperatorIn(state)) ? 1 : 0;
            }
        }

        return count;
    }

    public async IAsyncEnumerable<Operation> InStateAsync(
        string pipeline, OperationState state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var kind in JournalKeys.Kinds)
        {
            await foreach (var operation in InStateAsync(pipeline, kind, state, after: null, cancellationToken))
            {
                yield return operation;
            }
        }
    }

    /// <param name="pipeline">One pipeline.</param>
    /// <param name="kind">One kind.</param>
    /// <param name="state">One state.</param>
    /// <param name="after">Only those after this position; null: from the newest.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public async IAsyncEnumerable<Operation> InStateAsync(
        string pipeline, RecordKind kind, OperationState state, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in RowsAsync(pipeline, kind, state, after, cancellationToken))
        {
            if (JournalRows.TryRead(row) is { } operation)
            {
                yield return operation;
            }
        }
    }

    private async IAsyncEnumerable<TableEntity> RowsAsync(
        string pipeline, RecordKind kind, OperationState state, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var from = after is null ? JournalKeys.State(state) : $"{JournalKeys.State(state)}{after}~";
            var rows = await table.RangeAsync(JournalKeys.Partition(pipeline, kind), from, $"s|{state}|~", PageSize, null, cancellationToken);
            foreach (var row in rows)
            {
                after = row.RowKey[JournalKeys.State(state).Length..];
                yield return row;
            }

            if (rows.Count < PageSize)
            {
                yield break;
            }
        }
    }
}
