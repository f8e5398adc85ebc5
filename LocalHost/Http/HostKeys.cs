using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace UonOfferum.LocalHost.Http;

/// <summary>The two keys of the host: one is for the functions that require a key, the other also for the <c>/admin</c> routes.</summary>
internal sealed class HostKeys(IConfiguration settings)
{
    public HostKey Function { get; } = new(settings["LocalHost:FunctionKey"]);

    public HostKey Master { get; } = new(settings["LocalHost:MasterKey"]);

    /// <summary>Whether the request may call a function that requires a key.</summary>
    public bool OpensFunctions(HttpRequest request) => Given(request) is var given && (Function.Is(given) | Master.Is(given));

    public bool OpensAdmin(HttpRequest request) => Master.Is(Given(request));

    // From the header, otherwise from the query parameter <c>code</c>.
    private static string Given(HttpRequest request) =>
        request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
}

/// <summary>A key from the settings, otherwise one generated for this run.</summary>
internal sealed class HostKey(string? configured)
{
    public string Value { get; } = string.IsNullOrWhiteSpace(configured) ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)) : configured.Trim();

    public bool IsMadeUp { get; } = string.IsNullOrWhiteSpace(configured);

    /// <summary>Compares in constant time.</summary>
    public bool Is(string given) => CryptographicOperations.FixedTimeEquals(Hash(given), Hash(Value));

    // All hashes have the same length, so timing does not reveal even the key's length.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
