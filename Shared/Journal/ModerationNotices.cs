using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace UonOfferum.Shared.Journal;

/// <summary>A destination accepts a pipeline's orders, but an operator should look.</summary>
/// <param name="Destination">The destination's name.</param>
/// <param name="Since">The first such order.</param>
/// <param name="At">The last one, to the hour.</param>
public sealed record ModerationNotice(string Destination, DateTimeOffset Since, DateTimeOffset At);

/// <summary>Remembers which destinations moderate a pipeline's orders: Offerum says so with each order that it accepts meanwhile (facts-offerum.md §2, <c>additional_status</c> 2).</summary>
public sealed class ModerationNotices(JournalTable table, TimeProvider time)
{
    private const string RowPrefix = "moderated|", RowEnd = "moderated}";

    /// <summary>A notice ends when no order was moderated for so long.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(1);

    private static readonly TimeSpan BetweenWrites = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Pipeline, string Destination), DateTimeOffset> _written = new();

    /// <summary>Writes at most once an hour. True when the notice is new.</summary>
    public async Task<bool> AddAsync(string pipeline, string destination, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_written.TryGetValue((pipeline, destination), out var last) && now - last < BetweenWrites)
        {
            return false;
        }

        var known = await table.FindAsync(Partition(pipeline), RowPrefix + destination, cancellationToken) is { } row ? ToNotice(row) : null;
        var lasts = known is not null && now - known.At < Lasts;
        await table.UpsertAsync(
            new TableEntity(Partition(pipeline), RowPrefix + destination)
            {
                [nameof(ModerationNotice.Since)] = lasts ? known!.Since : now,
                [nameof(ModerationNotice.At)] = now,
            },
            cancellationToken);
        _written[(pipeline, destination)] = now;
        return !lasts;
    }

    public async Task<IReadOnlyList<ModerationNotice>> FindAsync(string pipeline, CancellationToken cancellationToken)
    {
        var rows = await table.RangeAsync(Partition(pipeline), RowPrefix, RowEnd, 100, null, cancellationToken);
        return [.. rows.Select(ToNotice).Where(n => time.GetUtcNow() - n.At < Lasts)];
    }

    private static string Partition(string pipeline) => $"{pipeline}|control";

    private static ModerationNotice ToNotice(TableEntity row) => new(
        row.RowKey[RowPrefix.Length..],
        row.GetDateTimeOffset(nameof(ModerationNotice.Since)) ?? default,
        row.GetDateTimeOffset(nameof(ModerationNotice.At)) ?? default);
}
