using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Revisions;

/// <summary>
/// The table <c>pipelines</c>. All of it is one partition, so that a publication changes several rows in one batch, and the rows that
/// describe the live pipelines form one short range.
/// </summary>
public sealed class PipelineTable(TableServiceClient service)
{
    public const string Name = "pipelines";

    /// <summary>The partition key of every row.</summary>
    public const string Partition = "pipelines";

    private readonly TableClient _table = service.GetTableClient(Name);

    public async Task<TableEntity?> FindAsync(string row, CancellationToken cancellationToken) => (await FindWithAgeAsync(row, cancellationToken))?.Row;

    /// <summary>A row and the time since it was written; see <see cref="Journal.JournalTable.FindWithAgeAsync"/>.</summary>
    public async Task<(TableEntity Row, TimeSpan? Age)?> FindWithAgeAsync(string row, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, row, cancellationToken: cancellationToken);
            return answer.HasValue ? (answer.Value!, answer.GetRawResponse().Headers.Date - answer.Value!.Timestamp) : null;
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableNotFound)
        {
            return null;
        }
    }

    /// <summary>False when a row with this key exists.</summary>
    public Task<bool> AddAsync(TableEntity row, CancellationToken cancellationToken) => _table.TryAddAsync(row, cancellationToken);

    public Task UpsertAsync(TableEntity row, CancellationToken cancellationToken) =>
        _table.WithTableAsync(() => _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken), cancellationToken);

    public Task DeleteAsync(string row, CancellationToken cancellationToken) => _table.DeleteEntityAsync(Partition, row, ETag.All, cancellationToken);

    /// <summary>Atomic; false when a row unexpectedly exists, is missing, or has changed.</summary>
    public async Task<bool> SubmitAsync(IReadOnlyCollection<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            await _table.WithTableAsync(() => _table.SubmitTransactionAsync(actions, cancellationToken), cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412 && e.ErrorCode != TableErrorCode.TableNotFound)
        {
            return false;
        }
    }

    /// <summary>The rows whose keys start with the prefix, in key order.</summary>
    /// <param name="prefix">Ends in <c>|</c>.</param>
    /// <param name="columns">Null: all.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<List<TableEntity>> ListAsync(string prefix, IReadOnlyList<string>? columns, CancellationToken cancellationToken)
    {
        // '~' sorts after every character that can follow a prefix.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {prefix} and RowKey lt {prefix + "~"}");
        var rows = new List<TableEntity>();
        try
        {
            await foreach (var row in _table.QueryAsync<TableEntity>(filter, select: columns, cancellationToken: cancellationToken))
            {
                rows.Add(row);
            }
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableNotFound)
        {
            // The table does not exist yet.
        }

        return rows;
    }
}
