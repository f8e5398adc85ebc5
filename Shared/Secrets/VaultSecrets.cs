using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace UonOfferum.Shared.Secrets;

/// <summary>Secrets in Azure Key Vault, with the app's identity: the role is assigned when editing is on (infra/modules/vault.bicep).</summary>
internal sealed class VaultSecrets(SecretClient vault) : ISecretStore
{
    public async Task<string> SetAsync(string pipeline, string key, string value, CancellationToken cancellationToken)
    {
        try
        {
            var secret = new KeyVaultSecret(SecretNames.Of(pipeline, key), value);
            secret.Properties.Tags["pipeline"] = pipeline;
            secret.Properties.Tags["setting"] = key;
            return (await vault.SetSecretAsync(secret, cancellationToken)).Value.Properties.Version;
        }
        catch (Exception e) when (IsAway(e))
        {
            throw Away(e);
        }
    }

    public async Task<string?> GetAsync(string pipeline, string key, string version, CancellationToken cancellationToken)
    {
        try
        {
            return (await vault.GetSecretAsync(SecretNames.Of(pipeline, key), version, cancellationToken: cancellationToken)).Value.Value;
        }
        catch (RequestFailedException e) when (e.Status == 404 || IsDisabled(e))
        {
            return null;
        }
        catch (Exception e) when (IsAway(e))
        {
            throw Away(e);
        }
    }

    /// <summary>The error's own code is Forbidden, as for a missing role; only the inner error distinguishes them (azure-sdk-for-js#24756 shows the body).</summary>
    private static bool IsDisabled(RequestFailedException exception) =>
        exception.Status == 403 && exception.GetRawResponse()?.Content.ToString().Contains("\"SecretDisabled\"", StringComparison.Ordinal) == true;

    private static bool IsAway(Exception exception) => exception is RequestFailedException or AuthenticationFailedException or TaskCanceledException or AggregateException;

    /// <summary>Omits the exception's message: it contains the vault's address and the secret's name, and no remedy.</summary>
    private static SecretsUnavailableException Away(Exception exception) => new(
        exception is RequestFailedException { Status: 401 or 403 }
            ? "The Key Vault denies access to the app's identity. Assign it the role to read and set secrets (infra/modules/vault.bicep), or set Pipelines:Editing to off."
            : "The Key Vault does not answer. Try again.",
        exception);
}
