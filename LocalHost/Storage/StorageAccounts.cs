using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace UonOfferum.LocalHost.Storage;

/// <summary>The app's storage account, <c>AzureWebJobsStorage</c>: a connection string, or <c>:accountName</c> or <c>:blobServiceUri</c> with an identity.</summary>
internal sealed class StorageAccounts(IConfiguration settings)
{
    public const string Default = "AzureWebJobsStorage";

    /// <summary>Whether the settings name an account, in either form; if not, Azurite is used instead.</summary>
    public static bool IsConfigured(IConfiguration settings) =>
        settings.GetSection(Default) is var section && (section.Value is { Length: > 0 } || section.GetChildren().Any());

    private readonly Lazy<TokenCredential> _credential = new(() => new DefaultAzureCredential());

    /// <summary>For the timers' lease and notes.</summary>
    public BlobServiceClient Blobs()
    {
        // The calling loops retry already; long retries in the client would only hide an outage.
        var options = new BlobClientOptions();
        options.Diagnostics.IsLoggingEnabled = false;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(20);
        return settings[Default] is { Length: > 0 } connection ? new BlobServiceClient(connection, options) : new BlobServiceClient(Address(), _credential.Value, options);
    }

    private Uri Address()
    {
        var section = settings.GetSection(Default);
        var text = section["accountName"] is { Length: > 0 } account ? $"https://{account}.blob.core.windows.net" : section["blobServiceUri"];
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            ? uri
            : throw new LocalHostException($"{Default} names no storage account: set it to a connection string, or {Default}__blobServiceUri to an address.");
    }
}
