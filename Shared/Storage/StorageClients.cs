using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace UonOfferum.Shared.Storage;

/// <summary>
/// The storage clients, from the same setting as the platform's own: <c>AzureWebJobsStorage</c> as a connection string (local), or
/// <c>AzureWebJobsStorage__queueServiceUri</c>, <c>__tableServiceUri</c> or <c>__accountName</c> with an identity (Azure).
/// </summary>
internal static class StorageClients
{
    public const string Setting = "AzureWebJobsStorage";

    public static IServiceCollection AddStorageClients(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAzureClients(clients =>
        {
            // A webhook must answer well within U-ON's timeout, and a stage before its function times out.
            clients.ConfigureDefaults(options =>
            {
                options.Retry.Mode = RetryMode.Exponential;
                options.Retry.MaxRetries = 4;
                options.Retry.Delay = TimeSpan.FromMilliseconds(200);
                options.Retry.MaxDelay = TimeSpan.FromSeconds(3);
                options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
                options.Diagnostics.IsLoggingEnabled = false;
                options.Diagnostics.IsTelemetryEnabled = false;
            });
            // Read when the clients are created: LocalHost knows its storage only after all settings have been validated.
            var section = configuration.GetSection(Setting);
            var credential = new Lazy<TokenCredential>(() => Credential(section));
            clients.AddClient<QueueServiceClient, QueueClientOptions>((QueueClientOptions options, IServiceProvider _) => Connection(section) is { } connection
                ? new QueueServiceClient(connection, options)
                : new QueueServiceClient(ServiceUri(section, "queue"), credential.Value, options)).ConfigureOptions(Base64);
            clients.AddClient<TableServiceClient, TableClientOptions>((TableClientOptions options, IServiceProvider _) => Connection(section) is { } connection
                ? new TableServiceClient(connection, options)
                : new TableServiceClient(ServiceUri(section, "table"), credential.Value, options));
        });
        return services;
    }

    private static string? Connection(IConfigurationSection section) => string.IsNullOrWhiteSpace(section.Value) ? null : section.Value;

    // The platform reads Base64 by default and the SDK writes plain text by default: this is the one place that makes them agree.
    private static void Base64(QueueClientOptions options) => options.MessageEncoding = QueueMessageEncoding.Base64;

    private static DefaultAzureCredential Credential(IConfigurationSection section) =>
        new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = section["clientId"] });

    private static Uri ServiceUri(IConfigurationSection section, string service)
    {
        if (section[$"{service}ServiceUri"] is { Length: > 0 } uri)
        {
            return new Uri(uri);
        }

        return section["accountName"] is { Length: > 0 } account
            ? new Uri($"https://{account}.{service}.core.windows.net")
            : throw new InvalidOperationException(
                $"{Setting} is not set. Give it a connection string, or set {Setting}__{service}ServiceUri (or {Setting}__accountName) for an identity.");
    }
}
