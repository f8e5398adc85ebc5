using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;

namespace UonOfferum.Tests.Unit.Shared.Secrets;

/// <summary>
/// A Key Vault behind Microsoft's client: asks for a token, keeps every version, and refuses with the vault's own words. The client speaks
/// nothing but HTTPS, so it stands in the place of the network, not behind a port.
/// </summary>
internal sealed class VaultStandIn : HttpMessageHandler
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private int _versions;

    public SecretClient Client => new(
        new Uri("https://kv-invented.vault.azure.net"),
        DelegatedTokenCredential.Create((_, _) => new AccessToken("an-invented-token", DateTimeOffset.MaxValue)),
        new SecretClientOptions { Transport = new HttpClientTransport(this), Retry = { MaxRetries = 0 } });

    /// <summary>Name and version of all that is kept.</summary>
    public IEnumerable<string> Kept => _values.Keys;

    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Disabled { get; } = new(StringComparer.Ordinal);

    /// <summary>Answered to everything; null: it works.</summary>
    public Func<HttpResponseMessage>? Fault { get; set; }

    public static HttpResponseMessage Refuse(HttpStatusCode status, string code, string? inner = null) => Json(
        status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "Not allowed.", ["innererror"] = inner is null ? null : new JsonObject { ["code"] = inner } } });

    public void Delete(string version) => _values.Remove(Kept.Single(key => key.EndsWith('/' + version, StringComparison.Ordinal)));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is null)
        {
            return new HttpResponseMessage(HttpStatusCode.Unauthorized)
            {
                Headers = { { "WWW-Authenticate", "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-0000-0000-000000000001\", resource=\"https://vault.azure.net\"" } },
            };
        }

        if (Fault is { } fault)
        {
            return fault();
        }

        var path = request.RequestUri!.AbsolutePath["/secrets/".Length..];
        return request.Method == HttpMethod.Put ? Set(path, await request.Content!.ReadAsStringAsync(cancellationToken)) : Get(path);
    }

    private HttpResponseMessage Set(string name, string body)
    {
        using var secret = JsonDocument.Parse(body);
        foreach (var tag in secret.RootElement.GetProperty("tags").EnumerateObject())
        {
            Tags[tag.Name] = tag.Value.GetString()!;
        }

        var path = $"{name}/{++_versions:x32}";
        _values[path] = secret.RootElement.GetProperty("value").GetString()!;
        return Secret(path);
    }

    private HttpResponseMessage Get(string path) =>
        Disabled.Any(version => path.EndsWith(version, StringComparison.Ordinal)) ? Refuse(HttpStatusCode.Forbidden, "Forbidden", "SecretDisabled")
        : _values.ContainsKey(path) ? Secret(path)
        : Refuse(HttpStatusCode.NotFound, "SecretNotFound");

    private HttpResponseMessage Secret(string path) =>
        Json(HttpStatusCode.OK, new JsonObject { ["value"] = _values[path], ["id"] = "https://kv-invented.vault.azure.net/secrets/" + path, ["attributes"] = new JsonObject { ["enabled"] = true } });

    private static HttpResponseMessage Json(HttpStatusCode status, JsonObject body) =>
        new(status) { Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
}
