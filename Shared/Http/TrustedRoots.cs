using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace UonOfferum.Shared.Http;

/// <summary>
/// Root certificates that one client trusts in addition to the machine's own. Names, dates and purposes are still checked: nothing here disables
/// validation. Some Russian services use certificates of a national root that Azure's hosts do not trust.
/// </summary>
public sealed class TrustedRoots
{
    public const string Remedy = "must be one or more root certificates in PEM, or the path of a .pem file beside the app. Private keys do not belong there.";

    /// <summary>Key usage "TLS server" (RFC 5280, 4.2.1.12).</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private const string Begin = "-----BEGIN ";

    private readonly X509Certificate2Collection _roots;

    private TrustedRoots(X509Certificate2Collection roots)
    {
        _roots = roots;
        Fingerprint = string.Join(',', roots.Select(root => root.GetCertHashString(HashAlgorithmName.SHA256)).Order(StringComparer.Ordinal));
    }

    /// <summary>Identifies the set of certificates.</summary>
    public string Fingerprint { get; }

    /// <summary>Null when the text cannot be used; see <see cref="Remedy"/>.</summary>
    /// <param name="pem">PEM text, in which <c>\n</c> may represent a line break, as app settings often need it, or a file's path.</param>
    public static TrustedRoots? TryRead(string pem)
    {
        try
        {
            var text = pem.StartsWith(Begin, StringComparison.Ordinal) ? pem.Replace("\\n", "\n", StringComparison.Ordinal) : File.ReadAllText(FullPath(pem));
            if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
            {
                return null;
            }

            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(text);
            return roots.Count > 0 ? new TrustedRoots(roots) : null;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whether a server is trusted: the machine trusts it, or the only error is an unknown root that is one of these.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        // The same as HttpClient's default: a revocation check would contact another host.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in presented?.ChainElements ?? chain.ChainElements)
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(server);
    }

    private static string FullPath(string path) => Path.IsPathRooted(path) ? path : Path.Combine(AppContext.BaseDirectory, path);
}
