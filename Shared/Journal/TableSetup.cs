using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.Journal;

/// <summary>Requests that create their table if it does not exist yet.</summary>
internal static class TableSetup
{
    public static Task<T> WithTableAsync<T>(this TableClient table, Func<Task<T>> work, CancellationToken cancellationToken) =>
        StorageSetup.CreateOnNotFoundAsync(work, () => table.CreateIfNotExistsAsync(cancellationToken), TableErrorCode.TableNotFound.ToString());

    /// <summary>False when a row with this key exists.</summary>
    public static async Task<bool> TryAddAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await table.WithTableAsync(() => table.AddEntityAsync(row, cancellationToken), cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }
}
