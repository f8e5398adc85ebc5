using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Retention;

/// <summary>
/// Walks the time index from where the last complete walk ended, so that each operation is looked at about once when it comes of age, and
/// then those whose personal data has a time of its own. The place is kept in <c>{pipeline}|control</c>.
/// </summary>
public sealed class AgedOperations(JournalTable table)
{
    private const int PageSize = 200;

    /// <summary>Operations received before <paramref name="before"/> and not before the place of the last walk, the newest first.</summary>
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

    /// <summary>Operations whose personal data counts from a time of its own that lies before <paramref name="before"/>.</summary>
    public IAsyncEnumerable<OperationId> WithOwnTimeAsync(string pipeline, RecordKind kind, DateTimeOffset before, CancellationToken cancellationToken) =>
        RangeAsync(pipeline, kind, JournalKeys.PersonalPrefix, JournalKeys.PersonalTo(before), cancellationToken);

    /// <summary>All that was received before then is done, or has a time of its own.</summary>
    public Task KeepPlaceAsync(string pipeline, RecordKind kind, DateTimeOffset before, CancellationToken cancellationToken) =>
        table.UpsertAsync(new TableEntity(Control(pipeline), Row(kind)) { ["Before"] = before }, cancellationToken);

    /// <summary>The number stands in the row's key: a row that this version cannot read is found all the same.</summary>
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
