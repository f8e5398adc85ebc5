using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Revisions;

/// <summary>A comparison as last stored.</summary>
/// <param name="Json">For the API.</param>
/// <param name="At">When it was stored: an unfinished comparison that has not been updated for long has lost its instance.</param>
public sealed record StoredComparison(string Json, DateTimeOffset At);

/// <summary>Stores the progress of comparisons, so that every instance can report it: rows <c>c|{name}|{id}</c>. The latest of each pipeline are kept.</summary>
public sealed class ComparisonStore(PipelineTable table)
{
    private const int Kept = 5;

    private const string Prefix = "c|", Json = "Json", At = "At";

    public Task SaveAsync(string pipeline, string id, StoredComparison comparison, CancellationToken cancellationToken)
    {
        var row = new TableEntity(PipelineTable.Partition, Row(pipeline, id)) { [At] = comparison.At };
        JournalCells.Put(row, Json, comparison.Json);
        return table.UpsertAsync(row, cancellationToken);
    }

    public async Task<StoredComparison?> FindAsync(string pipeline, string id, CancellationToken cancellationToken) =>
        await table.FindAsync(Row(pipeline, id), cancellationToken) is { } row
            ? new StoredComparison(JournalCells.Get(row, Json) ?? "{}", row.GetDateTimeOffset(At) ?? default)
            : null;

    /// <summary>Ids sort by time.</summary>
    public async Task ForgetOldAsync(string pipeline, CancellationToken cancellationToken)
    {
        var rows = await table.ListAsync(Row(pipeline, ""), ["RowKey"], cancellationToken);
        foreach (var row in rows.OrderByDescending(r => r.RowKey, StringComparer.Ordinal).Skip(Kept))
        {
            await table.DeleteAsync(row.RowKey, cancellationToken);
        }
    }

    /// <summary>A comparison shows values of real records.</summary>
    public async Task ForgetBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var row in await table.ListAsync(Prefix, ["RowKey", At], cancellationToken))
        {
            if (row.GetDateTimeOffset(At) < before)
            {
                await table.DeleteAsync(row.RowKey, cancellationToken);
            }
        }
    }

    private static string Row(string pipeline, string id) => $"{Prefix}{pipeline}|{id}";
}
