using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Retention;

/// <summary>
/// Walks the time index from the end of the last complete walk, so that each operation is read about once when its retention ends, and
/// then the operations with a retention start of their own. The position is stored in <c>{pipeline}|control</c>.
/// </summary>
public sealed class AgedOperations(JournalTable table)
{
    private const int PageSize = 200;

    /// <summary>Operations received before <paramref name="before"/> and not before the position of the last walk, the newest first.</summary>
    public async IAsyncEnumerable<OperationId> SinceLastWalkAsync(
        string pipeline, RecordKind kind, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = await table.FindAsync(Control(pipeline), Row(kind), cancellationToken);
        var (from, to) = (JournalKeys.TimeFrom(before), place?.GetDateTimeOffset("Before") is { } last ? JournalKeys.TimeFrom(last) : "t|~");
        await foreach (var id in RangeAsync(pipeline, kind, from, to, cancellationToken))
        {
            yield return id;
        }
    }

    /// <summary>Operations with a retention start of their own before <paramref name="before"/>.</summary>
    public IAsyncEnumerable<OperationId> WithOwnTimeAsync(string pipeline, RecordKind kind, DateTimeOffset before, CancellationToken cancellationToken) =>
        RangeAsync(pipeline, kind, JournalKeys.PersonalPrefix, JournalKeys.PersonalTo(before), cancellationToken);

    /// <summary>Every operation received before then is redacted, or has a retention start of its own.</summary>
    public Task KeepPlaceAsync(string pipeline, RecordKind kind, DateTimeOffset before, CancellationToken cancellationToken) =>
        table.UpsertAsync(new TableEntity(Control(pipeline), Row(kind)) { ["Before"] = before }, cancellationToken);

    /// <summary>The number is part of the row's key, so a row that this version cannot read is found, too.</summary>
    private async IAsyncEnumerable<OperationId> RangeAsync(
        string pipeline, RecordKind kind, string from, string to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (string.CompareOrdinal(from, to) < 0)
        {
            var rows = await table.RangeAsync(JournalKeys.Partition(pipeline, kind), from, to, PageSize, null, cancellationToken);
            foreach (var row in rows)
            {
                if (long.TryParse(row.RowKey.AsSpan(row.RowKey.LastIndexOf('|') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    yield return new OperationId(pipeline, kind, number);
                }
            }

            if (rows.Count < PageSize)
            {
                yield break;
            }

            from = rows[^1].RowKey + "~";
        }
    }

    private static string Control(string pipeline) => $"{pipeline}|control";

    private static string Row(RecordKind kind) => $"retention|{kind.Name()}";
}
