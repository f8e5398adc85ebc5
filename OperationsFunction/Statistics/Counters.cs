using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Statistics;

/// <summary>Reads the hourly counters: one request for each kind of record, over a bounded range of hours.</summary>
public sealed class Counters(JournalTable table)
{
    /// <summary>Hours of a range; storage returns at most this many rows per page.</summary>
    private const int MaxHours = 1_000;

    /// <summary>Counters by hour (<c>yyyyMMddHH</c>, UTC), all kinds together; empty hours are omitted.</summary>
    internal async Task<IReadOnlyDictionary<string, HourCounter>> SinceAsync(string pipeline, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var first = HourCounter.Key(MetricEvent.HourOf(from));
        var rows = await Task.WhenAll(JournalKeys.Kinds.Select(kind =>
            table.RangeAsync(JournalKeys.Partition(pipeline, kind), first, HourCounter.Prefix + "~", MaxHours, null, cancellationToken)));
        var hours = new Dictionary<string, HourCounter>(StringComparer.Ordinal);
        foreach (var row in rows.SelectMany(r => r))
        {
            var hour = row.RowKey[HourCounter.Prefix.Length..];
            if (!hours.TryGetValue(hour, out var counter))
            {
                hours[hour] = counter = new HourCounter();
            }

            counter.Add(HourCounter.Read(row));
        }

        return hours;
    }

    /// <summary>Null: never.</summary>
    public async Task<DateTimeOffset?> LastWebhookAsync(string pipeline, CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(JournalKeys.Kinds.Select(kind =>
            table.FindAsync(JournalKeys.Partition(pipeline, kind), LastWebhook.Key, cancellationToken)));
        return rows.Max(row => row is null ? null : LastWebhook.Read(row));
    }
}
