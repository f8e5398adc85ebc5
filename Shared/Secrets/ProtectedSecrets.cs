using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using UonOfferum.Shared.Revisions;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.Secrets;

/// <summary>
/// Secrets in the table <c>pipelines</c>, rows <c>s|{hash}|{version}</c>, encrypted by ASP.NET Core Data Protection; its keys are in the
/// same account (<see cref="KeyRing"/>). For installations without a Key Vault: anyone with read access to the account can read them.
/// </summary>
internal sealed class ProtectedSecrets(PipelineTable table, TimeProvider time) : ISecretStore
{
    private const string Cipher = "Cipher";

    /// <summary>Created at the first secret: an app without secrets must not read keys from storage at startup.</summary>
    private IDataProtectionProvider? _protection;

    public async Task<string> SetAsync(string pipeline, string key, string value, CancellationToken cancellationToken)
    {
        try
        {
            var version = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
            await table.UpsertAsync(
                new TableEntity(PipelineTable.Partition, Row(pipeline, key, version)) { [Cipher] = Protector(pipeline, key).Protect(value) }, cancellationToken);
            return version;
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            throw Away(e);
        }
    }

    public async Task<string?> GetAsync(string pipeline, string key, string version, CancellationToken cancellationToken)
    {
        try
        {
            return (await table.FindAsync(Row(pipeline, key, version), cancellationToken))?.GetString(Cipher) is { } cipher ? Unprotect(pipeline, key, cipher) : null;
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            throw Away(e);
        }
    }

    /// <summary>Null when the key it was encrypted with is gone.</summary>
    private string? Unprotect(string pipeline, string key, string cipher)
    {
        try
        {
            return Protector(pipeline, key).Unprotect(cipher);
        }
        catch (CryptographicException)
        {
            // Keys are cached for a day, and another instance may have created this one since: read them again, once.
            Volatile.Write(ref _protection, null);
        }

        try
        {
            return Protector(pipeline, key).Unprotect(cipher);
        }
        catch (CryptographicException e)
        {
            Volatile.Write(ref _protection, null);
            // A failure to read the keys also causes this exception.
            return e.InnerException is { } cause && StorageErrors.IsTransient(cause) ? throw Away(e) : null;
        }
    }

    /// <summary>A ciphertext that was copied to another pipeline or setting cannot be decrypted.</summary>
    private IDataProtector Protector(string pipeline, string key)
    {
        var protection = Volatile.Read(ref _protection) ?? KeyRing.Open(table);
        Volatile.Write(ref _protection, protection);
        return protection.CreateProtector("pipelines", pipeline, key.ToUpperInvariant());
    }

    private static string Row(string pipeline, string key, string version) => $"s|{SecretNames.Hash(pipeline, key)}|{version}";

    private static SecretsUnavailableException Away(Exception e) => new("The secret store does not answer. Try again.", e);
}
