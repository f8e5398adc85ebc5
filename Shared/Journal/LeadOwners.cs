using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Journal;

/// <summary>Records which operation owns a phone or a record at an account.</summary>
/// <param name="Operation">Its id.</param>
/// <param name="Since">When it became the owner.</param>
/// <param name="ETag">Under which the row may be replaced.</param>
public sealed record LeadOwner(OperationId Operation, DateTimeOffset Since, ETag ETag);

/// <summary>
/// The table <c>persons</c>: a row for each phone or record that was sold to an account. Its key is a hash under <c>Journal:IndexKey</c>. A row
/// holds no phone and no name. It is deleted when its time ends.
/// </summary>
public sealed class LeadOwners(TableServiceClient service)
{
    // Stored names are older than the class.
    public const string TableName = "persons";

    private const string Row = "seller";
    private const string Pipeline = "Pipeline", Kind = "Kind", RecordId = "RecordId", Since = "Since", Until = "Until";
    private const int PageSize = 1_000;

    private readonly TableClient _table = service.GetTableClient(TableName);

    /// <summary>False when the key has an owner.</summary>
    public Task<bool> AddAsync(string key, OperationId owner, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken) =>
        _table.TryAddAsync(ToRow(key, owner, since, until), cancellationToken);

    public async Task<LeadOwner?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var answer = await _table.GetEntityIfExistsAsync<TableEntity>(key, Row, cancellationToken: cancellationToken);
        return answer is { HasValue: true, Value: { } row } && RecordKindNames.TryParse(row.GetString(Kind)?.ToLowerInvariant(), out var kind)
            ? new LeadOwner(new OperationId(row.GetString(Pipeline), kind, row.GetInt64(RecordId) ?? 0), row.GetDateTimeOffset(Since) ?? default, row.ETag)
            : null;
    }

    /// <summary>False when another writer was first.</summary>
    public async Task<bool> ReplaceAsync(string key, LeadOwner seen, OperationId owner, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        try
        {
            await _table.UpdateEntityAsync(ToRow(key, owner, since, until), seen.ETag, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return false;
        }
    }

    /// <summary>
    /// Deletes expired rows in one part of the table. The keys are hashes, so the calls read the whole table, a part at a
    /// time.
    /// </summary>
    /// <param name="after">Where the last part ended; null: from the beginning.</param>
    /// <param name="now">Rows whose time ended before then are deleted.</param>
    /// <param name="before">Rows without an end time (from an earlier version) are deleted if they are older.</param>
    /// <param name="pages">The maximum number of page requests.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <returns>Where this part ended; null: at the end of the table.</returns>
    public async Task<string?> RemoveEndedAsync(string? after, DateTimeOffset now, DateTimeOffset before, int pages, CancellationToken cancellationToken)
    {
        var last = after;
        try
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey gt {after ?? ""} and PartitionKey lt {"g"}");
            await foreach (var page in _table.QueryAsync<TableEntity>(filter, PageSize, [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey), Since, Until], cancellationToken).AsPages())
            {
                foreach (var row in page.Values)
                {
                    last = row.PartitionKey;
                    if (row.GetDateTimeOffset(Until) is { } until ? until < now : row.GetDateTimeOffset(Since) < before)
                    {
                        await RemoveAsync(row, cancellationToken);
                    }
                }

                if (--pages == 0 && page.ContinuationToken is not null)
                {
                    return last;
                }
            }
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableNotFound)
        {
            // The table does not exist yet.
        }

        return null;
    }

    private async Task RemoveAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            // It has a new owner.
        }
    }

    private static TableEntity ToRow(string key, OperationId owner, DateTimeOffset since, DateTimeOffset until) => new(key, Row)
    {
        [Pipeline] = owner.Pipeline,
        // The format of earlier versions.
        [Kind] = owner.Kind.ToString(),
        [RecordId] = owner.RecordId,
        [Since] = since,
        [Until] = until,
    };
}
