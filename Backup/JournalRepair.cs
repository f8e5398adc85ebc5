using System.Globalization;
using Azure;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;
using Operation = UonOfferum.Shared.Operations.Operation;

namespace UonOfferum.Backup;

/// <summary>
/// Makes the rows of a partition agree again. An operation, its index rows and its claims change in one batch, but an export reads them one after the
/// other, and an import leaves rows that an earlier one wrote. The operation's own row decides. A row that this version cannot read keeps what it has.
/// </summary>
internal sealed class JournalRepair(TableClient table, TimeProvider time)
{
    /// <summary>A storage batch takes at most 100 rows and 4 MiB.</summary>
    private const int BatchRows = 100;

    private const int BatchCharacters = 1_000_000;

    private readonly List<TableTransactionAction> _batch = [];
    private readonly HashSet<string> _right = new(StringComparer.Ordinal);
    private readonly HashSet<long> _unreadable = [], _hashedLater = [];
    private int _size;

    public async Task RunAsync(string partition, CancellationToken cancellationToken)
    {
        await foreach (var row in RowsAsync(partition, "r|", columns: null, cancellationToken))
        {
            if (Read(row, partition) is { } operation)
            {
                await IndexAsync(operation, JournalBatch.PhoneHashOf(row), cancellationToken);
                await RestoreClaimsAsync(operation, cancellationToken);
            }
            else if (long.TryParse(row.RowKey.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var inverted))
            {
                _unreadable.Add(OperationId.MaxRecordId - inverted);
            }
        }

        await FlushAsync(cancellationToken);
        foreach (var prefix in JournalKeys.IndexPrefixes)
        {
            await foreach (var row in RowsAsync(partition, prefix, [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)], cancellationToken))
            {
                if (IsStale(row.RowKey))
                {
                    await PutAsync([new(TableTransactionActionType.Delete, row, ETag.All)], cancellationToken);
                }
            }
        }

        await FlushAsync(cancellationToken);
    }

    private static Operation? Read(TableEntity row, string partition) =>
        JournalRows.TryRead(row) is { } operation && JournalKeys.Partition(operation.Id) == partition && JournalKeys.Operation(operation.Id.RecordId) == row.RowKey ? operation : null;

    private async Task IndexAsync(Operation operation, string? phoneHash, CancellationToken cancellationToken)
    {
        if (phoneHash is null && operation.Fields[PhoneIndex.PhoneField] is not null)
        {
            // From a version that did not keep the hash; the key of the index is a secret of the app.
            _hashedLater.Add(operation.Id.RecordId);
        }

        _right.UnionWith(IndexRows.Keys(operation, phoneHash));
        await PutAsync(JournalBatch.Reindex(operation, phoneHash), cancellationToken);
    }

    private bool IsStale(string key) =>
        long.TryParse(key.AsSpan(key.LastIndexOf('|') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && !_right.Contains(key) && !_unreadable.Contains(id) && !(key.StartsWith("p|", StringComparison.Ordinal) && _hashedLater.Contains(id));

    /// <summary>
    /// The claim of an order that was claimed between the reading of its claims and of its own row. Without it nobody could tell that the order may have
    /// left; with it the app treats the order like one whose process stopped.
    /// </summary>
    private async Task RestoreClaimsAsync(Operation operation, CancellationToken cancellationToken)
    {
        foreach (var delivery in operation.Deliveries.Where(d => d.State == DeliveryState.Sending))
        {
            var partition = JournalKeys.Partition(operation.Id);
            var found = await table.GetEntityIfExistsAsync<TableEntity>(
                partition, JournalKeys.Claim(operation.Id.RecordId, delivery.Destination), cancellationToken: cancellationToken);
            var older = found.HasValue ? JournalRows.ReadClaim(found.Value!) : null;
            if (older is null || older.Sends < delivery.Sends)
            {
                var claim = new Claim
                {
                    Destination = delivery.Destination,
                    Owner = "import",
                    LeaseUntil = delivery.NextTryAt ?? time.GetUtcNow(),
                    Sends = delivery.Sends,
                    OrderId = older?.OrderId,
                };
                await table.UpsertEntityAsync(JournalRows.Write(operation.Id, claim), TableUpdateMode.Replace, cancellationToken);
            }
        }
    }

    private async Task PutAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        var size = actions.Sum(a => ((IDictionary<string, object?>)a.Entity).Values.OfType<string>().Sum(text => text.Length));
        if (_batch.Count + actions.Count > BatchRows || _size + size > BatchCharacters)
        {
            await FlushAsync(cancellationToken);
        }

        _batch.AddRange(actions);
        _size += size;
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count > 0)
        {
            await table.SubmitTransactionAsync(_batch, cancellationToken);
            _batch.Clear();
            _size = 0;
        }
    }

    private AsyncPageable<TableEntity> RowsAsync(string partition, string prefix, IEnumerable<string>? columns, CancellationToken cancellationToken)
    {
        // The character after the bar ends the range.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {prefix[..^1] + "}"}");
        return table.QueryAsync<TableEntity>(filter, select: columns, cancellationToken: cancellationToken);
    }
}
