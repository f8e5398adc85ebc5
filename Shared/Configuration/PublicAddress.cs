using Microsoft.Extensions.Configuration;

namespace UonOfferum.Shared.Configuration;

/// <summary>
/// The public address of this app: <c>PublicUrl</c> if set (a custom domain, an ingress), else the host name that Azure reports,
/// else the address of the current request.
/// </summary>
public sealed class PublicAddress(IConfiguration configuration)
{
    public const string Setting = "PublicUrl";

    // On Azure the worker sees the host's internal address; this platform setting has the public one. Core Tools sets it, too, to an
    // address of this machine that has no TLS.
    private const string PlatformHost = "WEBSITE_HOSTNAME";

    /// <summary>The address that is known without a request; null: unknown.</summary>
    public Uri? Known =>
        configuration[Setting] is { Length: > 0 } set ? new Uri(set)
        : HostWideSettings.IsOnAzure(configuration) && configuration[PlatformHost] is { Length: > 0 } host ? new Uri($"https://{host}")
        : null;

    /// <param name="scheme">The scheme of the current request.</param>
    /// <param name="host">The host of the current request, with its port.</param>
    public Uri Of(string scheme, string host) => Known ?? new Uri($"{scheme}://{host}");

    /// <summary>The address that U-ON calls for this pipeline.</summary>
    public static Uri Webhook(Uri address, string pipeline, string secret) => new(address, WebhookPath(pipeline, secret));

    public static string WebhookPath(string pipeline, string secret) => $"/api/uon/{pipeline}/{secret}";

    internal static IEnumerable<string> Problems(IConfiguration configuration)
    {
        if (configuration[Setting] is { Length: > 0 } text
            && !(Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
                && uri.AbsolutePath == "/" && uri.Query.Length == 0 && uri.UserInfo.Length == 0))
        {
            yield return $"{Setting}: must be the https address of this app without a path, such as https://leads.example.com.";
        }
    }
}
