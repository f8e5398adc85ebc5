using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.Secrets;

internal static class SecretServices
{
    /// <summary>The vault where <c>Editing:VaultUri</c> names one, otherwise the table.</summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services, IConfiguration configuration)
    {
        if (EditingSettings.Read(configuration).VaultUri is { } uri)
        {
            return services.AddSingleton<ISecretStore>(_ => new VaultSecrets(new SecretClient(uri, Credential(configuration), Options())));
        }

        return services.AddSingleton<ISecretStore, ProtectedSecrets>();
    }

    /// <summary>The identity that also reads the storage.</summary>
    private static DefaultAzureCredential Credential(IConfiguration configuration) =>
        new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = configuration[$"{StorageClients.Setting}:clientId"] });

    private static SecretClientOptions Options() => new()
    {
        // Its log lines would name the vault and its secrets.
        Diagnostics = { IsLoggingEnabled = false, IsTelemetryEnabled = false },
        Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(5) },
    };
}
