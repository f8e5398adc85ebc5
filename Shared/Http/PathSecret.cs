using System.Security.Cryptography;
using System.Text;

namespace UonOfferum.Shared.Http;

/// <summary>Compares a secret from a path in constant time with every valid secret; during a rotation there are two.</summary>
public static class PathSecret
{
    // Compared when there is no pipeline of that name, so that the response takes the same path.
    private static readonly IReadOnlyList<string> Nobodys = ["an-unknown-pipeline-has-no-secret"];

    public static bool Matches(IReadOnlyList<string>? secrets, string given)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(given));
        var found = false;
        foreach (var secret in secrets is { Count: > 0 } ? secrets : Nobodys)
        {
            found |= CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        }

        return found && secrets is { Count: > 0 };
    }
}
