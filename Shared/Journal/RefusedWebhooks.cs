using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace UonOfferum.Shared.Journal;

/// <summary>A webhook with a valid secret that could not be accepted.</summary>
public sealed record RefusedWebhook(string Pipeline, string Key, DateTimeOffset At, int Status, string Problem);

/// <summary>
/// Keeps webhooks refused after the secret matched, so that a misconfigured cabinet is seen. Capped per hour and process: a broken
/// sender must not fill the table.
/// </summary>
public sealed class RefusedWebhooks(JournalTable table, TimeProvider time)
{
    public const int MaxPerHour = 100;

    private readonly ConcurrentDictionary<string, (long Hour, int Count)> _kept = new(StringComparer.Ordinal);

    /// <param name="problem">The problem, without any value from the request.</param>
    public async Task KeepAsync(string pipeline, int status, string problem, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hour = now.UtcTicks / TimeSpan.TicksPerHour;
        var kept = _kept.AddOrUpdate(pipeline, (hour, 1), (_, old) => old.Hour == hour ? (hour, old.Count + 1) : (hour, 1));
        if (kept.Count <= MaxPerHour)
        {
            await table.AddAsync(
                new TableEntity(Partition(pipeline), $"{JournalKeys.Inverted(now)}-{kept.Count:D3}") { ["At"] = now, ["Status"] = status, ["Problem"] = problem },
                cancellationToken);
        }
    }

    /// <param name="pipeline">Its name.</param>
    /// <param name="from">Only those received then or later; null: all.</param>
    /// <param name="to">Only earlier ones; null: all.</param>
    /// <param name="take">At most this many, the newest.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<IReadOnlyList<RefusedWebhook>> ListAsync(string pipeline, DateTimeOffset? from, DateTimeOffset? to, int take, CancellationToken cancellationToken)
    {
        var (first, end) = JournalKeys.InvertedRange(from, to);
        var rows = await table.RangeAsync(Partition(pipeline), first, end, take, null, cancellationToken);
        return rows.ConvertAll(row => new RefusedWebhook(
            pipeline, row.RowKey, row.GetDateTimeOffset("At") ?? default, row.GetInt32("Status") ?? 0, row.GetString("Problem") ?? ""));
    }

    internal static string Partition(string pipeline) => $"{pipeline}|refused";
}
