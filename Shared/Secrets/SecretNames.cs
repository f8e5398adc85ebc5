using System.Security.Cryptography;
using System.Text;

namespace UonOfferum.Shared.Secrets;

/// <summary>The name of a secret in a Key Vault: letters, digits and dashes, at most 127.</summary>
internal static class SecretNames
{
    private const int MaxReadable = 100;

    /// <summary>Readable in the vault, and unique for every setting of every pipeline because of its suffix.</summary>
    public static string Of(string pipeline, string key)
    {
        var readable = string.Concat($"page-{pipeline}-{key}".Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
        return $"{readable[..Math.Min(readable.Length, MaxReadable)]}-{Hash(pipeline, key)}";
    }

    /// <summary>The same for both stores, whatever the case of the setting's key.</summary>
    public static string Hash(string pipeline, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{pipeline}|{key.ToUpperInvariant()}")))[..16];
}
