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
/// An app may be writing meanwhile: index rows are written under the ETag of the operation's row, and deleted under their own after that row was read again.
/// </summary>
internal sealed class JournalRepair(TableClient table, TimeProvider time)
{
    /// <summary>A storage batch takes at most 100 rows and 4 MiB.</summary>
    private const int BatchRows = 100;

    private const int BatchCharacters = 1_000_000;

    private readonly List<TableTransactionAction> _batch = [];
    private readonly List<string> _operations = [];
    private readonly HashSet<string> _right = new(StringComparer.Ordinal);
    private readonly HashSet<long> _unreadable = [], _hashedLater = [], _keptForRetention = [];
    private int _size;

    public async Task RunAsync(string partition, CancellationToken cancellationToken)
    {
        await foreach (var row in RowsAsync(partition, "r|", columns: null, cancellationToken))
        {
            if (Read(row) is { } operation)
            {
                await IndexAsync(row, operation, cancellationToken);
                await RestoreClaimsAsync(operation, cancellationToken);
            }
        }

        await FlushAsync(partition, cancellationToken);
        foreach (var prefix in JournalKeys.IndexPrefixes)
        {
            await foreach (var row in RowsAsync(partition, prefix, [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)], cancellationToken))
            {
                if (IsStale(row.RowKey, out var id) && await FindAsync(partition, JournalKeys.Operation(id), cancellationToken) is var own && (own is null || (Read(own) is not null && IsStale(row.RowKey, out _))))
                {
                    await TryAsync(() => table.DeleteEntityAsync(partition, row.RowKey, row.ETag, cancellationToken));
                }
            }
        }
    }

    /// <summary>Null: this version cannot read it. Remembers what the index rows must be.</summary>
    private Operation? Read(TableEntity row)
    {
        if (JournalRows.TryRead(row) is { } operation && JournalKeys.Partition(operation.Id) == row.PartitionKey && JournalKeys.Operation(operation.Id.RecordId) == row.RowKey)
        {
            var hash = JournalBatch.PhoneHashOf(row);
            if (hash is null && operation.Fields[PhoneIndex.PhoneField] is not null)
            {
                // From a version that did not keep the hash; the key of the index is a secret of the app.
                _hashedLater.Add(operation.Id.RecordId);
            }

            if (operation is { HoldsPersonalData: true, PersonalSince: null })
            {
                // A version that could not read the row may have kept a retention start for it, which the row does not know.
                _keptForRetention.Add(operation.Id.RecordId);
            }

            _right.UnionWith(IndexRows.Keys(operation, hash));
            return operation;
        }

        if (long.TryParse(row.RowKey.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var inverted))
        {
            _unreadable.Add(OperationId.MaxRecordId - inverted);
        }

        return null;
    }

    private bool IsStale(string key, out long id) =>
        long.TryParse(key.AsSpan(key.LastIndexOf('|') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out id)
        && !_right.Contains(key) && !_unreadable.Contains(id) && !(key.StartsWith("p|", StringComparison.Ordinal) && _hashedLater.Contains(id))
        && !(key.StartsWith(JournalKeys.PersonalPrefix, StringComparison.Ordinal) && _keptForRetention.Contains(id));

    /// <summary>
    /// The claim of an order that was claimed between the reading of its claims and of its own row. Without it nobody could tell that the order may have
    /// left; with it the app treats the order like one whose process stopped.
    /// </summary>
    private async Task RestoreClaimsAsync(Operation operation, CancellationToken cancellationToken)
    {
        foreach (var delivery in operation.Deliveries.Where(d => d.State == DeliveryState.Sending))
        {
            var row = await FindAsync(JournalKeys.Partition(operation.Id), JournalKeys.Claim(operation.Id.RecordId, delivery.Destination), cancellationToken);
            var older = row is null ? null : JournalRows.ReadClaim(row);
            if (older is not { Result: null } || older.Sends < delivery.Sends)
            {
                var claim = JournalRows.Write(operation.Id, new Claim
                {
                    Destination = delivery.Destination,
                    Owner = "import",
                    LeaseUntil = delivery.NextTryAt ?? time.GetUtcNow(),
                    Sends = delivery.Sends,
                    OrderId = older?.OrderId,
                });
                await TryAsync(() => row is null ? table.AddEntityAsync(claim, cancellationToken) : table.UpdateEntityAsync(claim, row.ETag, TableUpdateMode.Replace, cancellationToken));
            }
        }
    }

    private async Task IndexAsync(TableEntity row, Operation operation, CancellationToken cancellationToken)
    {
        var actions = Actions(row, operation);
        var size = actions.Sum(a => ((IDictionary<string, object?>)a.Entity).Values.OfType<string>().Sum(text => text.Length));
        if (_batch.Count + actions.Count > BatchRows || _size + size > BatchCharacters)
        {
            await FlushAsync(row.PartitionKey, cancellationToken);
        }

        _batch.AddRange(actions);
        _operations.Add(row.RowKey);
        _size += size;
    }

    /// <summary>The operation's own row stays as it is, and must be what was read.</summary>
    private static List<TableTransactionAction> Actions(TableEntity row, Operation operation) =>
        [new(TableTransactionActionType.UpdateMerge, new TableEntity(row.PartitionKey, row.RowKey), row.ETag), .. JournalBatch.Reindex(operation, JournalBatch.PhoneHashOf(row))];

    private async Task FlushAsync(string partition, CancellationToken cancellationToken)
    {
        if (_batch.Count > 0 && !await TryAsync(() => table.SubmitTransactionAsync(_batch, cancellationToken)))
        {
            // One of them changed: each for itself.
            foreach (var key in _operations)
            {
                while (await FindAsync(partition, key, cancellationToken) is { } row && Read(row) is { } operation
                    && !await TryAsync(() => table.SubmitTransactionAsync(Actions(row, operation), cancellationToken)))
                {
                }
            }
        }

        _batch.Clear();
        _operations.Clear();
        _size = 0;
    }

    private async Task<TableEntity?> FindAsync(string partition, string key, CancellationToken cancellationToken) =>
        await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken) is { HasValue: true } found ? found.Value : null;

    /// <summary>False when another writer was first.</summary>
    private static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private AsyncPageable<TableEntity> RowsAsync(string partition, string prefix, IEnumerable<string>? columns, CancellationToken cancellationToken)
    {
        // The character after the bar ends the range.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {prefix[..^1] + "}"}");
        return table.QueryAsync<TableEntity>(filter, select: columns, cancellationToken: cancellationToken);
    }
}
