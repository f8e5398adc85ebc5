using Azure.Data.Tables;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Queries;

/// <summary>
/// Lists operations by key ranges: one bounded request per partition, and rows are read in the result's order. Only
/// an error without a state needs one range for each state that has errors.
/// </summary>
public sealed class OperationSearch(JournalTable table, PhoneIndex phones, PipelineRegistry registry)
{
    /// <summary>One page of storage: one phone, one number or one order never has more operations.</summary>
    private const int MaxOfOne = 1_000;

    private static readonly OperationState[] WithErrors =
    [
        OperationState.Failed, OperationState.Rejected, OperationState.Uncertain, OperationState.Unconfirmed,
        OperationState.Held, OperationState.Waiting, OperationState.Skipped,
    ];

    public async Task<IReadOnlyList<Operation>> FindAsync(OperationQuery query, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(query, cancellationToken);
        var partitions = await PartitionsAsync(query, cancellationToken);
        var reads = partitions.SelectMany(_ => plan.Prefixes, (partition, prefix) => ReadAsync(partition, prefix, plan, query, cancellationToken));
        var found = (await Task.WhenAll(reads)).SelectMany(rows => rows);
        return [.. found
            .DistinctBy(o => o.Id)
            .Where(o => Matches(o, query))
            .OrderBy(o => OperationCursor.Of(o).SortKey, StringComparer.Ordinal)
            .Take(query.Take)];
    }

    private async ValueTask<IReadOnlyList<string>> PartitionsAsync(OperationQuery query, CancellationToken cancellationToken) =>
    [
        .. from pipeline in query.Pipeline is { } one ? [one] : await registry.NamesAsync(cancellationToken)
           from kind in query.Kind is { } only ? [only] : JournalKeys.Kinds
           select JournalKeys.Partition(pipeline, kind),
    ];

    /// <summary>The most selective index for the query: phone, number or order id, then state, then time.</summary>
    private async Task<Plan> PlanAsync(OperationQuery query, CancellationToken cancellationToken)
    {
        if (query.Phones.Count > 0)
        {
            var prefixes = new List<string>();
            foreach (var phone in query.Phones)
            {
                prefixes.Add($"p|{await phones.HashAsync(phone, cancellationToken)}|");
            }

            return new Plan(prefixes, ByTime: false, null);
        }

        if (query.Text is { } text)
        {
            // U-ON's numbers are indexed without leading zeros, order ids as they are.
            string[] words = text.StartsWith('0') && text.All(char.IsAsciiDigit) ? [text, text.TrimStart('0')] : [text];
            return new Plan([.. words.Select(word => JournalKeys.Word(word))], ByTime: false, null);
        }

        var error = query.Error is { } code
            ? string.Join(" or ", JournalRows.ErrorColumns.Select(column => $"{column} {TableClient.CreateQueryFilter($"eq {code}")}"))
            : null;
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
            // Inverted: newer times sort first.
            from = query.To is { } before ? prefix + JournalKeys.Inverted(before.AddTicks(-1)) : from;
            to = query.From is { } since ? $"{prefix}{JournalKeys.Inverted(since)}|~" : to;
            if (query.After is { } after)
            {
                // The list is ordered by time, number and partition; in partitions up to the cursor's, this key was already shown.
                var shown = string.CompareOrdinal(partition, after.Partition) <= 0 ? "~" : "";
                var next = $"{prefix}{after.Time}|{after.Id}{shown}";
                from = string.CompareOrdinal(next, from) > 0 ? next : from;
            }
        }

        if (string.CompareOrdinal(from, to) >= 0)
        {
            return [];
        }

        return JournalRows.ReadAll(await table.RangeAsync(partition, from, to, plan.ByTime ? query.Take : MaxOfOne, plan.Filter, cancellationToken));
    }

    /// <summary>Matches the state of any delivery, whatever the operation shows; only Delivered must be the operation's own state.</summary>
    private static bool IsIn(Operation operation, OperationQuery query) => query is { State: OperationState.Delivered, Error: null }
        ? operation.State == OperationState.Delivered
        : (query.State, query.Error) is (null, null)
            || operation.Standings.Any(s => (query.State is not { } state || s.State == state) && (query.Error is not { } error || s.Error?.Code == error));

    private static bool Matches(Operation operation, OperationQuery query) =>
        IsIn(operation, query)
        && (query.From is not { } from || operation.ReceivedAt >= from)
        && (query.To is not { } to || operation.ReceivedAt < to)
        && (query.After is not { } after || string.CompareOrdinal(OperationCursor.Of(operation).SortKey, after.SortKey) > 0);

    /// <param name="Prefixes">Each defines a range of keys.</param>
    /// <param name="ByTime">The inverted time follows the prefix.</param>
    /// <param name="Filter">A filter on columns; null: none.</param>
    private sealed record Plan(IReadOnlyList<string> Prefixes, bool ByTime, string? Filter);
}
