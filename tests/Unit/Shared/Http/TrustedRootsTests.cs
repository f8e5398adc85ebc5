using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Http;

namespace UonOfferum.Tests.Unit.Shared.Http;

/// <summary>Real TLS on loopback, with roots made here.</summary>
public sealed class TrustedRootsTests : IDisposable
{
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    private readonly X509Certificate2 _root = Root("CN=Invented Root");
    private readonly X509Certificate2 _other = Root("CN=Another Root");
    private readonly TrustingClients _clients = new();

    public void Dispose()
    {
        _clients.Dispose();
        _root.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task A_server_under_the_root_is_believed_by_this_client_alone()
    {
        using var server = Server(_root, "localhost", Today.AddDays(1));

        Assert.Equal("ok", await AskAsync(server, _clients.For(TrustedRoots.TryRead(_root.ExportCertificatePem())!, ConfigureForOrders)));
        using var ordinary = new HttpClient();
        await RefusedAsync(server, ordinary);
        await RefusedAsync(server, _clients.For(TrustedRoots.TryRead(_other.ExportCertificatePem())!, ConfigureForOrders));
    }

    [Fact]
    public async Task Name_and_dates_are_checked_as_ever()
    {
        var client = _clients.For(TrustedRoots.TryRead(_root.ExportCertificatePem())!, ConfigureForOrders);
        using var misnamed = Server(_root, "elsewhere.example", Today.AddDays(1));
        using var expired = Server(_root, "localhost", Today.AddHours(-1));

        await RefusedAsync(misnamed, client);
        await RefusedAsync(expired, client);
    }

    [Fact]
    public void Several_roots_are_read_from_one_text_with_line_ends_of_any_kind()
    {
        var pem = _root.ExportCertificatePem();

        var both = TrustedRoots.TryRead(pem + "\n" + _other.ExportCertificatePem())!;
        Assert.Equal(2, both.Fingerprint.Split(',').Length);
        Assert.Equal(TrustedRoots.TryRead(pem)!.Fingerprint, TrustedRoots.TryRead(pem.Replace("\n", "\\n", StringComparison.Ordinal))!.Fingerprint);
        Assert.Equal(TrustedRoots.TryRead(pem)!.Fingerprint, TrustedRoots.TryRead(pem.Replace('\n', ' '))!.Fingerprint);
    }

    [Fact]
    public void A_file_is_read_and_a_private_key_is_refused()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, _root.ExportCertificatePem());
            Assert.Equal(TrustedRoots.TryRead(_root.ExportCertificatePem())!.Fingerprint, TrustedRoots.TryRead(path)!.Fingerprint);
        }
        finally
        {
            File.Delete(path);
        }

        using var key = _root.GetECDsaPrivateKey()!;
        Assert.Null(TrustedRoots.TryRead(_root.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>As for orders, but for machines that are too busy for a handshake in time.</summary>
    private static void ConfigureForOrders(SocketsHttpHandler handler)
    {
        OrderClients.Configure(handler);
        handler.ConnectTimeout = Timeout.InfiniteTimeSpan;
    }

    private static async Task RefusedAsync(X509Certificate2 server, HttpClient client) =>
        Assert.Equal(HttpRequestError.SecureConnectionError, (await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(server, client))).HttpRequestError);

    private static async Task<string> AskAsync(X509Certificate2 certificate, HttpClient client)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, certificate);
        var answer = await client.GetStringAsync(new Uri($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/"), TestContext.Current.CancellationToken);
        await serving;
        return answer;
    }

    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        try
        {
            using var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await using var stream = new SslStream(connection.GetStream());
            await stream.AuthenticateAsServerAsync(certificate);
            _ = await stream.ReadAtLeastAsync(new byte[4_096], 1, throwOnEndOfStream: false, TestContext.Current.CancellationToken);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray(), TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or System.Security.Authentication.AuthenticationException or OperationCanceledException)
        {
            // The client did not believe it and hung up.
        }
    }

    private static X509Certificate2 Root(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request.CreateSelfSigned(Today.AddDays(-30), Today.AddDays(30));
    }

    private static X509Certificate2 Server(X509Certificate2 root, string host, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var issued = request.Create(root, Today.AddDays(-10), until, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
