using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Statistics;

/// <summary>
/// Rolls metric events up into hourly counters. One batch deletes the events and updates the counter under its ETag, so neither a
/// crash nor a concurrent roll-up loses or counts one twice.
/// </summary>
public sealed partial class HourlyRollUp(JournalTable table, PipelineRegistry registry, TimeProvider time, ILogger<HourlyRollUp> logger)
{
    /// <summary>A batch is limited to 100 rows: these events, the counter, and the time of the last webhook.</summary>
    private const int BatchSize = 98;

    private const int Page = 1_000;

    public async Task RollUpAsync(CancellationToken cancellationToken)
    {
        var budget = new TimeBudget(time);
        foreach (var partition in (await registry.NamesAsync(cancellationToken)).SelectMany(name => JournalKeys.Kinds, JournalKeys.Partition))
        {
            while (!budget.IsSpent && await RollUpAsync(partition, cancellationToken))
            {
                // The page was full: there may be more.
            }
        }
    }

    private async Task<bool> RollUpAsync(string partition, CancellationToken cancellationToken)
    {
        var events = await table.RangeAsync(partition, MetricEvent.Prefix, MetricEvent.Prefix + "~", Page, null, cancellationToken);
        foreach (var hour in events.GroupBy(m => HourOf(m.RowKey), StringComparer.Ordinal))
        {
            foreach (var batch in hour.Chunk(BatchSize))
            {
                if (!await RollUpAsync(partition, hour.Key, batch, cancellationToken))
                {
                    // Another instance rolled up the same events: read again.
                    return false;
                }
            }
        }

        return events.Count == Page;
    }

    private async Task<bool> RollUpAsync(string partition, string hour, IReadOnlyList<TableEntity> events, CancellationToken cancellationToken)
    {
        var stored = await table.FindAsync(partition, HourCounter.Key(hour), cancellationToken);
        var counter = HourCounter.Read(stored);
        var counted = new List<TableEntity>();
        foreach (var metricEvent in events)
        {
            if (counter.TryAdd(metricEvent))
            {
                counted.Add(metricEvent);
            }
            else
            {
                // Delete it like the others, or every run would read it again.
                Log.NotCounted(logger, partition, metricEvent.RowKey);
            }
        }

        var actions = events.Select(m => new TableTransactionAction(TableTransactionActionType.Delete, m, ETag.All)).ToList();
        actions.Add(Write(stored, counter.Row(partition, hour)));
        if (LastWebhook.Of(counted) is { } at)
        {
            var last = await table.FindAsync(partition, LastWebhook.Key, cancellationToken);
            if (last is null || LastWebhook.Read(last) < at)
            {
                actions.Add(Write(last, LastWebhook.Row(partition, at)));
            }
        }

        try
        {
            await table.SubmitAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private static TableTransactionAction Write(TableEntity? stored, TableEntity row) => stored is null
        ? new TableTransactionAction(TableTransactionActionType.Add, row)
        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, stored.ETag);

    /// <summary>From the key, which is reliable even if the row's columns are not: <c>h|{hour}|…</c>.</summary>
    private static string HourOf(string key) => key.Split('|')[1];

    private static partial class Log
    {
        [LoggerMessage(1621, LogLevel.Error, "The metric event {Row} of {Partition} cannot be read; it is missing from the charts")]
        public static partial void NotCounted(ILogger logger, string partition, string row);
    }
}
