using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace UonOfferum.Shared.Journal;

/// <summary>The table <c>journal</c>: conditional single requests and key-range queries, but no operation that could become a table scan.</summary>
public sealed class JournalTable(TableServiceClient service)
{
    public const string Name = "journal";

    private readonly TableClient _table = service.GetTableClient(Name);

    public async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellationToken) =>
        (await FindWithAgeAsync(partition, row, cancellationToken))?.Row;

    /// <summary>
    /// A row and the time since it was written, both moments by the storage's clock (the row's <c>Timestamp</c>, the answer's <c>Date</c>, which has
    /// whole seconds). The age is never too high; null if the answer lacks either.
    /// </summary>
    public async Task<(TableEntity Row, TimeSpan? Age)?> FindWithAgeAsync(string partition, string row, CancellationToken cancellationToken)
    {
        var answer = await _table.WithTableAsync(
            () => _table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken), cancellationToken);
        return answer.HasValue ? (answer.Value!, answer.GetRawResponse().Headers.Date - answer.Value!.Timestamp) : null;
    }

    /// <summary>Throws when storage does not answer.</summary>
    public Task PingAsync(CancellationToken cancellationToken) => FindAsync("health", "health", cancellationToken);

    /// <summary>False when a row with this key exists.</summary>
    public Task<bool> AddAsync(TableEntity row, CancellationToken cancellationToken) => _table.TryAddAsync(row, cancellationToken);

    /// <summary>The new ETag; null when the row was changed or deleted in between.</summary>
    public async Task<ETag?> ReplaceAsync(TableEntity row, ETag etag, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _table.UpdateEntityAsync(row, etag, TableUpdateMode.Replace, cancellationToken);
            return answer.Headers.ETag;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }

    public Task UpsertAsync(TableEntity row, CancellationToken cancellationToken) =>
        _table.WithTableAsync(() => _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken), cancellationToken);

    /// <summary>Also true when the row did not exist.</summary>
    public async Task<bool> DeleteAsync(string partition, string row, ETag etag, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(partition, row, etag, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<Response>> SubmitAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken) =>
        (await _table.WithTableAsync(() => _table.SubmitTransactionAsync(actions, cancellationToken), cancellationToken)).Value;

    /// <summary>Rows of one partition from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive), in key order.</summary>
    public async Task<List<TableEntity>> RangeAsync(
        string partition, string from, string to, int take, string? and, CancellationToken cancellationToken, IEnumerable<string>? columns = null)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        var rows = new List<TableEntity>();
        try
        {
            await foreach (var row in _table.QueryAsync<TableEntity>(
                and is null ? filter : $"({filter}) and ({and})", Math.Min(take, 1000), columns, cancellationToken))
            {
                rows.Add(row);
                if (rows.Count == take)
                {
                    break;
                }
            }
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableNotFound)
        {
            // The table does not exist yet: an empty journal.
        }

        return rows;
    }

    /// <summary>Counts the rows of a range, up to <paramref name="max"/>; only their keys are transferred.</summary>
    public async Task<int> CountAsync(string partition, string from, string to, int max, CancellationToken cancellationToken) =>
        max <= 0 ? 0 : (await RangeAsync(partition, from, to, max, and: null, cancellationToken, [nameof(TableEntity.RowKey)])).Count;

    public Task CreateIfNotExistsAsync(CancellationToken cancellationToken) => _table.CreateIfNotExistsAsync(cancellationToken);
}
