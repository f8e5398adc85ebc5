using Azure.Data.Tables;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Retention;

/// <summary>Removes expired rows other than operations, a limited number per run; the next run continues.</summary>
public sealed class AgedRows(JournalTable table, LeadOwners owners, TimeProvider time)
{
    private const int MaxRemoved = 500;

    /// <summary>Requests for a thousand rows each; several runs go through the whole table.</summary>
    private const int OwnerPages = 5;

    private const string Partition = "retention", OwnersRow = "persons", Place = "Place";

    /// <summary>Rejected webhooks and unmatched postbacks.</summary>
    public async Task RemoveAsync(string pipeline, DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var partition in new[] { RefusedWebhooks.Partition(pipeline), UnmatchedPostbackList.Partition(pipeline) })
        {
            foreach (var row in await table.RangeAsync(partition, JournalKeys.Inverted(before), "~", MaxRemoved, null, cancellationToken))
            {
                await table.DeleteAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
            }
        }
    }

    /// <summary>Owners of phones and records whose deduplication window has ended.</summary>
    public async Task RemoveOwnersAsync(CancellationToken cancellationToken)
    {
        var place = (await table.FindAsync(Partition, OwnersRow, cancellationToken))?.GetString(Place);
        var now = time.GetUtcNow();
        var next = await owners.RemoveEndedAsync(place, now, now - LeadDeduplicator.RecordWindow, OwnerPages, cancellationToken);
        if (next != place)
        {
            await table.UpsertAsync(new TableEntity(Partition, OwnersRow) { [Place] = next }, cancellationToken);
        }
    }
}
