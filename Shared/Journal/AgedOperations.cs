using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using UonOfferum.Shared.Records;

namespace UonOfferum.Shared.Journal;

/// <summary>
/// Walks the time index from where the last complete walk ended, so that each operation is looked at about once when it comes of age.
/// The place is kept in <c>{pipeline}|control</c>.
/// </summary>
public sealed class AgedOperations(JournalTable table)
{
    private const int PageSize = 200;

    /// <summary>Operations received before <paramref name="before"/> and not before the place of the last walk, the newest first.</summary>
    public async IAsyncEnumerable<Operation> SinceLastWalkAsync(
        string pipeline, RecordKind kind, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = await table.FindAsync(Control(pipeline), Row(kind), cancellationToken);
        var (from, to) = (JournalKeys.TimeFrom(before), place?.GetDateTimeOffset("Before") is { } last ? JournalKeys.TimeFrom(last) : "t|~");
        while (true)
        {
            var rows = await table.RangeAsync(JournalKeys.Partition(pipeline, kind), from, to, PageSize, null, cancellationToken);
            foreach (var row in rows)
            {
                yield return JournalRows.Read(row);
            }

            if (rows.Count < PageSize)
            {
                yield break;
            }

            from = rows[^1].RowKey + "~";
        }
    }

    /// <summary>All that was received before then is done.</summary>
    public Task KeepPlaceAsync(string pipeline, RecordKind kind, DateTimeOffset before, CancellationToken cancellationToken) =>
        table.UpsertAsync(new TableEntity(Control(pipeline), Row(kind)) { ["Before"] = before }, cancellationToken);

    private static string Control(string pipeline) => $"{pipeline}|control";

    private static string Row(RecordKind kind) => $"retention|{kind.Name()}";
}
