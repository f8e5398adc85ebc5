using Azure.Core;
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
            // A webhook must answer long before U-ON loses patience, and a stage before its function times out.
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
            var connection = configuration[Setting];
            if (!string.IsNullOrWhiteSpace(connection))
            {
                clients.AddQueueServiceClient(connection).ConfigureOptions(Base64);
                clients.AddTableServiceClient(connection);
                return;
            }

            var section = configuration.GetSection(Setting);
            clients.UseCredential(Credential(section));
            clients.AddQueueServiceClient(ServiceUri(section, "queue")).ConfigureOptions(Base64);
            clients.AddTableServiceClient(ServiceUri(section, "table"));
        });
        return services;
    }

    // The platform reads Base64 by default and the SDK writes plain text by default: the one place that makes them agree.
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
