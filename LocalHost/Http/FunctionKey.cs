using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace UonOfferum.LocalHost.Http;

/// <summary>The one key that opens every function of level Function and above, and the admin routes.</summary>
internal sealed class FunctionKey(string? configured)
{
    public string Value { get; } = string.IsNullOrWhiteSpace(configured) ? MadeUp() : configured.Trim();

    public bool IsMadeUp { get; } = string.IsNullOrWhiteSpace(configured);

    /// <summary>From the header <c>x-functions-key</c>, else the query's <c>code</c>; compared in constant time.</summary>
    public bool Opens(HttpRequest request)
    {
        var given = request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
        return CryptographicOperations.FixedTimeEquals(Hash(given), Hash(Value));
    }

    private static string MadeUp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    // Hashes are of one length, so that not even the key's length can be measured.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
