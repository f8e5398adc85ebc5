using Azure;

namespace UonOfferum.Shared.Storage;

/// <summary>The deployment creates the queues and the table; on a developer's machine they are created at the first use.</summary>
internal static class StorageSetup
{
    public static async Task<T> CreateOnNotFoundAsync<T>(Func<Task<T>> work, Func<Task> make, string missingCode)
    {
        try
        {
            return await work();
        }
        catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode == missingCode)
        {
            await make();
            return await work();
        }
    }
}
