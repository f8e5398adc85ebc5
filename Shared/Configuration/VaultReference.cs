namespace UonOfferum.Shared.Configuration;

/// <summary>
/// An app setting that refers to a Key Vault secret. The platform replaces it with the secret; if that fails, the app receives the
/// reference itself, which must never be used as the secret.
/// </summary>
internal static class VaultReference
{
    public const string Remedy = "is a Key Vault reference that the platform could not resolve. Check that the secret exists and that the app's identity may read it, then refresh the references (docs/deploy.md).";

    private const string Start = "@Microsoft.KeyVault(";

    public static bool IsUnresolved(string? value) => value is not null && value.AsSpan().TrimStart().StartsWith(Start, StringComparison.OrdinalIgnoreCase);
}
