using Azure.Data.Tables;
using Azure.Identity;

namespace UonOfferum.Backup;

/// <summary>The storage account to read or write, configured as in the app.</summary>
internal static class BackupAccount
{
    private const string Setting = "AzureWebJobsStorage";

    /// <param name="name">Name of an account on Azure, accessed with the signed-in identity; null: the connection string in the environment.</param>
    /// <param name="secondary">Reads the copy in the paired region, which RA-GZRS and RA-GRS offer while the first region is lost.</param>
    /// <exception cref="BackupException">No account is configured.</exception>
    public static TableServiceClient Open(string? name, bool secondary)
    {
        if (name is not null)
        {
            return new TableServiceClient(new Uri($"https://{name}{(secondary ? "-secondary" : "")}.table.core.windows.net"), new DefaultAzureCredential());
        }

        if (secondary)
        {
            throw new BackupException("--secondary needs --account: a connection string has its own addresses.");
        }

        return Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } connection
            ? new TableServiceClient(connection)
            : throw new BackupException($"Name the storage account with --account NAME (you need the role Storage Table Data Reader, to import Storage Table Data Contributor), or its connection string in {Setting}.");
    }
}
