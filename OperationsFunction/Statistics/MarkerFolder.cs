using Azure;
using Azure.Data.Tables;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OperationsFunction.Statistics;

/// <summary>
/// Folds markers into hourly counters. The markers go and the counter grows in one batch under the counter's ETag: whoever dies in
/// between, or folds at the same time, neither loses nor doubles one.
/// </summary>
public sealed class MarkerFolder(JournalTable table, PipelineCatalog pipelines, TimeProvider time)
{
    /// <summary>A batch takes 100 rows: these, the counter, and the time of the last webhook.</summary>
    private const int Handful = 98;

    private const int Page = 1_000;

    public async Task FoldAsync(CancellationToken cancellationToken)
    {
        var budget = new TimeBudget(time);
        foreach (var partition in pipelines.Names.SelectMany(name => OpenOperations.Kinds, JournalKeys.Partition))
        {
            while (!budget.IsSpent && await FoldAsync(partition, cancellationToken))
            {
                // A full page was folded: there may be more.
            }
        }
    }

    private async Task<bool> FoldAsync(string partition, CancellationToken cancellationToken)
    {
        var markers = await table.RangeAsync(partition, Marker.Prefix, Marker.Prefix + "~", Page, null, cancellationToken);
        foreach (var hour in markers.GroupBy(m => m.GetString(Marker.Hour), StringComparer.Ordinal))
        {
            foreach (var handful in hour.Chunk(Handful))
            {
                if (!await FoldAsync(partition, hour.Key, handful, cancellationToken))
                {
                    // Somebody else folds here, and what was read is old.
                    return false;
                }
            }
        }

        return markers.Count == Page;
    }

    private async Task<bool> FoldAsync(string partition, string hour, IReadOnlyList<TableEntity> markers, CancellationToken cancellationToken)
    {
        var stored = await table.FindAsync(partition, HourCounter.Key(hour), cancellationToken);
        var counter = HourCounter.Read(stored);
        foreach (var marker in markers)
        {
            counter.Add(marker);
        }

        var actions = markers.Select(m => new TableTransactionAction(TableTransactionActionType.Delete, m, ETag.All)).ToList();
        actions.Add(Write(stored, counter.Row(partition, hour)));
        if (LastWebhook.Of(markers) is { } at)
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
}
