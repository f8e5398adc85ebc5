using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Retention;

/// <summary>
/// Walks the time index from the end of the last complete walk, so that each operation is read about once when its retention ends, and
/// the operations with a retention start of their own. A walk that runs out of time continues at its position, stored in <c>{pipeline}|control</c>,
/// and the next run begins with the walk after it: however long one backlog is, every pipeline and kind gets its turn.
/// </summary>
public sealed class AgedOperations(JournalTable table)
{
    private const int PageSize = 200;
    private const string Before = "Before", RestBefore = "RestBefore", Place = "Place";
    private const string TurnPartition = "retention", TurnRow = "turn";

    /// <summary>All walks, beginning with the one after that at which the time of the last run ended.</summary>
    public async Task<IReadOnlyList<AgedWalk>> InTurnAsync(IEnumerable<string> pipelines, CancellationToken cancellationToken)
    {
        var walks = pipelines.SelectMany(AgedWalk.Of).ToList();
        var last = (await table.FindAsync(TurnPartition, TurnRow, cancellationToken))?.GetString(Place);
        var next = walks.FindIndex(w => w.ToString() == last) + 1;
        return [.. walks.Skip(next), .. walks.Take(next)];
    }

    /// <summary>What the walk has to visit, the newest first; by own start, the oldest first.</summary>
    public async Task<AgedRange> RangeAsync(AgedWalk walk, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var row = await table.FindAsync(AgedWalk.Control(walk.Pipeline), walk.Row, cancellationToken);
        var place = row?.GetString(Place);
        if (walk.ByOwnStart)
        {
            return new(walk, Later(place, JournalKeys.PersonalPrefix), JournalKeys.PersonalTo(before), before, null, place is not null);
        }

        var done = row?.GetDateTimeOffset(Before);
        // If the retention was lengthened in between, newer operations of the rest are kept for now.
        var end = row?.GetDateTimeOffset(RestBefore) is { } rest && rest < before ? rest : before;
        return new(walk, Later(place, JournalKeys.TimeFrom(end)), done is { } last ? JournalKeys.TimeFrom(last) : "t|~", end, done, place is not null);
    }

    /// <summary>The number is part of the row's key, so a row that this version cannot read is found, too.</summary>
    public async IAsyncEnumerable<AgedOperation> InAsync(AgedRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = range.From;
        while (string.CompareOrdinal(from, range.To) < 0)
        {
            var rows = await table.RangeAsync(range.Walk.Partition, from, range.To, PageSize, null, cancellationToken);
            foreach (var row in rows)
            {
                if (long.TryParse(row.RowKey.AsSpan(row.RowKey.LastIndexOf('|') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && JournalKeys.TimeOf(row.RowKey) is { } at)
                {
                    yield return new(new OperationId(range.Walk.Pipeline, range.Walk.Kind, number), row.RowKey, at);
                }
            }

            if (rows.Count < PageSize)
            {
                yield break;
            }

            from = rows[^1].RowKey + "~";
        }
    }

    /// <summary>
    /// For an operation that this version cannot read, and so can neither redact nor give a retention start of its own: a row in that index without the operation's own.
    /// The walk by arrival passes the operation once, and need not go back for it; the walk by own start asks for it in every run until it can be read.
    /// </summary>
    public Task KeepAsync(AgedWalk walk, AgedOperation unreadable, CancellationToken cancellationToken) =>
        table.AddAsync(new TableEntity(walk.Partition, JournalKeys.Personal(unreadable.At, unreadable.Id.RecordId)), cancellationToken);

    /// <summary>The next run continues after this row.</summary>
    public async Task StopAsync(AgedRange range, string key, CancellationToken cancellationToken)
    {
        var row = new TableEntity(AgedWalk.Control(range.Walk.Pipeline), range.Walk.Row) { [Place] = key };
        if (!range.Walk.ByOwnStart)
        {
            (row[Before], row[RestBefore]) = (range.Done, range.Before);
        }

        await table.UpsertAsync(row, cancellationToken);
    }

    /// <summary>Every operation of the range is redacted, or has a row among the retention starts, or is looked at again from the beginning.</summary>
    public async Task FinishAsync(AgedRange range, CancellationToken cancellationToken)
    {
        if (!range.Walk.ByOwnStart)
        {
            await table.UpsertAsync(new TableEntity(AgedWalk.Control(range.Walk.Pipeline), range.Walk.Row) { [Before] = range.Before }, cancellationToken);
        }
        else if (range.IsRest)
        {
            await table.UpsertAsync(new TableEntity(AgedWalk.Control(range.Walk.Pipeline), range.Walk.Row), cancellationToken);
        }
    }

    /// <summary>The time of this run ended in this walk.</summary>
    public Task KeepTurnAsync(AgedWalk walk, CancellationToken cancellationToken) =>
        table.UpsertAsync(new TableEntity(TurnPartition, TurnRow) { [Place] = walk.ToString() }, cancellationToken);

    private static string Later(string? place, string start) => place is not null && string.CompareOrdinal(place, start) >= 0 ? place + "~" : start;
}
