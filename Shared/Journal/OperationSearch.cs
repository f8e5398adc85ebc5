using System.Globalization;
using Azure.Data.Tables;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;

namespace UonOfferum.Shared.Journal;

/// <summary>Lists operations by key ranges: one bounded request per partition in view, and no row read that is not in the answer's order.</summary>
public sealed class OperationSearch(JournalTable table, PhoneIndex phones, PipelineCatalog pipelines)
{
    private static readonly RecordKind[] Kinds = [RecordKind.Lead, RecordKind.Request, RecordKind.Auto];

    public async Task<IReadOnlyList<Operation>> FindAsync(OperationQuery query, CancellationToken cancellationToken)
    {
        var ranges = await RangesAsync(query, cancellationToken);
        var reads = Partitions(query).SelectMany(_ => ranges, (partition, range) => ReadAsync(partition, range, query, cancellationToken));
        var found = (await Task.WhenAll(reads)).SelectMany(rows => rows);
        return [.. found
            .DistinctBy(o => o.Id)
            .Where(o => Matches(o, query))
            .OrderBy(o => OperationCursor.Of(o).SortKey, StringComparer.Ordinal)
            .Take(query.Take)];
    }

    /// <summary>The operation whose order has this id at its destination; null when there is none.</summary>
    public async Task<OperationId?> ByOrderAsync(string pipeline, string orderId, CancellationToken cancellationToken)
    {
        foreach (var kind in Kinds)
        {
            var range = Range.Below($"o|{JournalKeys.Hash(orderId)}|");
            var rows = await table.RangeAsync(JournalKeys.Partition(pipeline, kind), range.From, range.To, 1, null, cancellationToken);
            if (rows.Count > 0)
            {
                return JournalRows.Read(rows[0]).Id;
            }
        }

        return null;
    }

    private IEnumerable<string> Partitions(OperationQuery query) =>
        from pipeline in query.Pipeline is { } one ? [one] : pipelines.Names
        from kind in query.Kind is { } only ? [only] : Kinds
        select JournalKeys.Partition(pipeline, kind);

    /// <summary>The narrowest index that answers: phone, number or order id, then state, then time.</summary>
    private async Task<IReadOnlyList<Range>> RangesAsync(OperationQuery query, CancellationToken cancellationToken)
    {
        if (query.Phone is { } phone)
        {
            return [Range.Below($"p|{await phones.HashAsync(phone, cancellationToken)}|")];
        }

        if (query.Text is { } text)
        {
            var byOrder = Range.Below($"o|{JournalKeys.Hash(text)}|");
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and <= OperationId.MaxRecordId
                ? [Range.Exactly(JournalKeys.Operation(id)), byOrder]
                : [byOrder];
        }

        return query.State is { } state and not OperationState.Delivered ? [Range.Below($"s|{state}|")] : [Range.Below("t|")];
    }

    private async Task<IEnumerable<Operation>> ReadAsync(string partition, Range range, OperationQuery query, CancellationToken cancellationToken)
    {
        var (from, to) = (range.From, range.To);
        var byTime = from == "t|";
        if (byTime)
        {
            // Inverted: what is newer sorts first.
            from = query.To is { } before ? $"t|{JournalKeys.Inverted(before.AddTicks(-1))}" : from;
            to = query.From is { } since ? $"t|{JournalKeys.Inverted(since)}|~" : to;
            from = query.After is { } after && string.CompareOrdinal($"t|{after.Time}|{after.Id}", from) > 0 ? $"t|{after.Time}|{after.Id}" : from;
        }

        // Rows of an index other than time come in order of number, so a page has to see all of them to sort.
        var take = byTime ? query.Take + 1 : int.MaxValue;
        var state = byTime && query.State is { } wanted ? TableClient.CreateQueryFilter($"State eq {wanted.ToString()}") : null;
        return (await table.RangeAsync(partition, from, to, take, state, cancellationToken)).Select(JournalRows.Read);
    }

    private static bool Matches(Operation operation, OperationQuery query) =>
        (query.State is not { } state || operation.State == state)
        && (query.From is not { } from || operation.ReceivedAt >= from)
        && (query.To is not { } to || operation.ReceivedAt < to)
        && (query.After is not { } after || string.CompareOrdinal(OperationCursor.Of(operation).SortKey, after.SortKey) > 0);

    private sealed record Range(string From, string To)
    {
        // '|' is followed by digits, hex digits or names only; '~' sorts after all of them.
        public static Range Below(string prefix) => new(prefix, prefix + "~");

        public static Range Exactly(string key) => new(key, key + "!");
    }
}
