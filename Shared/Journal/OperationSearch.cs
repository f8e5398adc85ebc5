using Azure.Data.Tables;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;

namespace UonOfferum.Shared.Journal;

/// <summary>
/// Lists operations by key ranges: one bounded request per partition in view, and no row read that is not in the answer's order. Only
/// an error without a state takes a range for each state that has errors.
/// </summary>
public sealed class OperationSearch(JournalTable table, PhoneIndex phones, PipelineCatalog pipelines)
{
    /// <summary>One page of storage: one person, one number or one order never has more operations.</summary>
    private const int MaxOfOne = 1_000;

    private static readonly RecordKind[] Kinds = [RecordKind.Lead, RecordKind.Request, RecordKind.Auto];

    private static readonly OperationState[] WithErrors =
    [
        OperationState.Failed, OperationState.Rejected, OperationState.Uncertain, OperationState.Unconfirmed,
        OperationState.Held, OperationState.Waiting, OperationState.Skipped,
    ];

    public async Task<IReadOnlyList<Operation>> FindAsync(OperationQuery query, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(query, cancellationToken);
        var reads = Partitions(query).SelectMany(_ => plan.Prefixes, (partition, prefix) => ReadAsync(partition, prefix, plan, query, cancellationToken));
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
            var prefix = JournalKeys.Word(orderId);
            var rows = await table.RangeAsync(JournalKeys.Partition(pipeline, kind), prefix, prefix + "~", MaxOfOne, null, cancellationToken);
            // A U-ON number may be written like an order id; it stands in the same range.
            if (rows.ConvertAll(JournalRows.Read).Find(o => o.Deliveries.Exists(d => d.OrderId == orderId)) is { } found)
            {
                return found.Id;
            }
        }

        return null;
    }

    private IEnumerable<string> Partitions(OperationQuery query) =>
        from pipeline in query.Pipeline is { } one ? [one] : pipelines.Names
        from kind in query.Kind is { } only ? [only] : Kinds
        select JournalKeys.Partition(pipeline, kind);

    /// <summary>The narrowest index that answers: phone, number or order id, then state, then time.</summary>
    private async Task<Plan> PlanAsync(OperationQuery query, CancellationToken cancellationToken)
    {
        if (query.Phone is { } phone)
        {
            return new Plan([$"p|{await phones.HashAsync(phone, cancellationToken)}|"], ByTime: false, null);
        }

        if (query.Text is { } text)
        {
            return new Plan([JournalKeys.Word(text.TrimStart('0') is { Length: > 0 } number && number.All(char.IsAsciiDigit) ? number : text)], ByTime: false, null);
        }

        var error = query.Error is { } code ? TableClient.CreateQueryFilter($"ErrorCode eq {code}") : null;
        return query.State switch
        {
            OperationState.Delivered => new Plan(["t|"], ByTime: true, TableClient.CreateQueryFilter($"State eq {nameof(OperationState.Delivered)}")),
            { } state => new Plan([JournalKeys.State(state)], ByTime: true, error),
            null when error is not null => new Plan([.. WithErrors.Select(JournalKeys.State)], ByTime: true, error),
            null => new Plan(["t|"], ByTime: true, null),
        };
    }

    private async Task<IEnumerable<Operation>> ReadAsync(
        string partition, string prefix, Plan plan, OperationQuery query, CancellationToken cancellationToken)
    {
        // '|' is followed by digits, hex digits or names only; '~' sorts after all of them.
        var (from, to) = (prefix, prefix + "~");
        if (plan.ByTime)
        {
            // Inverted: what is newer sorts first.
            from = query.To is { } before ? prefix + JournalKeys.Inverted(before.AddTicks(-1)) : from;
            to = query.From is { } since ? $"{prefix}{JournalKeys.Inverted(since)}|~" : to;
            if (query.After is { } after)
            {
                // The list is ordered by time, number and partition; in the partitions up to the cursor's that very key was shown.
                var shown = string.CompareOrdinal(partition, after.Partition) <= 0 ? "~" : "";
                var next = $"{prefix}{after.Time}|{after.Id}{shown}";
                from = string.CompareOrdinal(next, from) > 0 ? next : from;
            }
        }

        if (string.CompareOrdinal(from, to) >= 0)
        {
            return [];
        }

        return (await table.RangeAsync(partition, from, to, plan.ByTime ? query.Take : MaxOfOne, plan.Filter, cancellationToken)).Select(JournalRows.Read);
    }

    private static bool Matches(Operation operation, OperationQuery query) =>
        (query.State is not { } state || operation.State == state)
        && (query.Error is not { } error || operation.Error?.Code == error)
        && (query.From is not { } from || operation.ReceivedAt >= from)
        && (query.To is not { } to || operation.ReceivedAt < to)
        && (query.After is not { } after || string.CompareOrdinal(OperationCursor.Of(operation).SortKey, after.SortKey) > 0);

    /// <param name="Prefixes">Each a range of keys.</param>
    /// <param name="ByTime">Behind the prefix follows the inverted time.</param>
    /// <param name="Filter">On columns; null: none.</param>
    private sealed record Plan(IReadOnlyList<string> Prefixes, bool ByTime, string? Filter);
}
