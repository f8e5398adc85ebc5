using System.Collections.Concurrent;

namespace UonOfferum.Shared.Http;

/// <summary>One HTTP client for each set of additional roots. Pipelines may use different sets, and may be added or removed while the app runs.</summary>
public sealed class TrustingClients : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<HttpClient>> _clients = new(StringComparer.Ordinal);

    /// <param name="roots">Trusted in addition to the machine's own roots.</param>
    /// <param name="configure">The rest of the handler's settings, the same at every call.</param>
    public HttpClient For(TrustedRoots roots, Action<SocketsHttpHandler> configure) =>
        _clients.GetOrAdd(roots.Fingerprint, _ => new Lazy<HttpClient>(() => Make(roots, configure))).Value;

    public void Dispose()
    {
        foreach (var client in _clients.Values.Where(c => c.IsValueCreated))
        {
            client.Value.Dispose();
        }
    }

    private static HttpClient Make(TrustedRoots roots, Action<SocketsHttpHandler> configure)
    {
        var handler = new SocketsHttpHandler();
        configure(handler);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => roots.Accepts(certificate, chain, errors);
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
