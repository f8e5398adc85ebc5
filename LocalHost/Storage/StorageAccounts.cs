using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace UonOfferum.LocalHost.Storage;

/// <summary>Clients for the accounts that triggers name: a connection string, or <c>{name}:queueServiceUri</c>
/// (<c>{name}:accountName</c>) with an identity.</summary>
internal sealed class StorageAccounts(IConfiguration settings)
{
    public const string Default = "AzureWebJobsStorage";

    /// <summary>Whether the settings name an account, in either form; if not, Azurite takes its place.</summary>
    public static bool IsConfigured(IConfiguration settings) =>
        settings.GetSection(Default) is var section && (section.Value is { Length: > 0 } || section.GetChildren().Any());

    private readonly Lazy<TokenCredential> _credential = new(() => new DefaultAzureCredential());

    /// <summary>A client that leaves bodies as they are: a body that cannot be decoded must still be moved.</summary>
    public QueueServiceClient Queues(string? connection)
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None };
        Tune(options);
        return Find(connection) is { } text
            ? new QueueServiceClient(text, options)
            : new QueueServiceClient(Uri(connection, "queue"), _credential.Value, options);
    }

    public BlobServiceClient Blobs()
    {
        var options = new BlobClientOptions();
        Tune(options);
        return Find(null) is { } text ? new BlobServiceClient(text, options) : new BlobServiceClient(Uri(null, "blob"), _credential.Value, options);
    }

    private static void Tune(ClientOptions options)
    {
        // The loops above come again by themselves; long retries below them would only hide an outage.
        options.Diagnostics.IsLoggingEnabled = false;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(20);
    }

    private string? Find(string? connection)
    {
        var name = connection ?? Default;
        return settings[name] is { Length: > 0 } text ? text : settings["AzureWebJobs" + name] is { Length: > 0 } prefixed ? prefixed : null;
    }

    private Uri Uri(string? connection, string service)
    {
        var section = settings.GetSection(connection ?? Default);
        var text = section["accountName"] is { Length: > 0 } account ? $"https://{account}.{service}.core.windows.net" : section[service + "ServiceUri"];
        return System.Uri.TryCreate(text, UriKind.Absolute, out var uri)
            ? uri
            : throw new LocalHostException(
                $"{section.Key} names no storage account: set it to a connection string, or {section.Key}__{service}ServiceUri to an address.");
    }
}
