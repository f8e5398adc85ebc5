using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace UonOfferum.Simulators;

/// <summary>
/// Kestrel on a loopback port without a host. A host would read <c>appsettings.json</c> and <c>ASPNETCORE_URLS</c>
/// (and so might bind elsewhere), handle SIGTERM, and mix its telemetry with that of the app under test.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Func<HttpContext, CancellationToken, Task> _handle;
    private IPEndPoint _endpoint;
    private (KestrelServer Kestrel, CancellationTokenSource Stopping)? _running;

    private LoopbackServer(IPEndPoint endpoint, Func<HttpContext, CancellationToken, Task> handle)
    {
        if (!IPAddress.IsLoopback(endpoint.Address))
        {
            throw new ArgumentException($"A simulator listens on loopback only, not on {endpoint.Address}.", nameof(endpoint));
        }

        _endpoint = endpoint;
        _handle = handle;
    }

    public Uri BaseAddress => new($"http://{_endpoint}/");

    /// <param name="endpoint">A loopback address; port 0 selects a free one.</param>
    /// <param name="handle">Handles one request; its token is cancelled when the caller disconnects or the server stops.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<LoopbackServer> StartAsync(
        IPEndPoint endpoint, Func<HttpContext, CancellationToken, Task> handle, CancellationToken cancellationToken)
    {
        var server = new LoopbackServer(endpoint, handle);
        await server.ComeBackAsync(cancellationToken);
        return server;
    }

    /// <summary>Closes the port and every connection: from now on connections are refused.</summary>
    public async Task GoDownAsync()
    {
        if (_running is not var (kestrel, stopping))
        {
            return;
        }

        _running = null;
        await stopping.CancelAsync();
        using (var grace = new CancellationTokenSource(Grace))
        {
            await kestrel.StopAsync(grace.Token);
        }

        kestrel.Dispose();
        stopping.Dispose();
    }

    /// <summary>Listens again, on the same port as before.</summary>
    public async Task ComeBackAsync(CancellationToken cancellationToken)
    {
        if (_running is not null)
        {
            return;
        }

        var options = new KestrelServerOptions { AddServerHeader = false };
        ListenOptions? listen = null;
        options.Listen(_endpoint, o =>
        {
            o.Protocols = HttpProtocols.Http1;
            listen = o;
        });
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var kestrel = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        var stopping = new CancellationTokenSource();
        await kestrel.StartAsync(new Application(_handle, stopping.Token), cancellationToken);
        _running = (kestrel, stopping);
        _endpoint = listen!.IPEndPoint!;
    }

    public async ValueTask DisposeAsync() => await GoDownAsync();

    private sealed class Application(Func<HttpContext, CancellationToken, Task> handle, CancellationToken stopping)
        : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public async Task ProcessRequestAsync(HttpContext context)
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            try
            {
                await handle(context, ends.Token);
            }
            catch (OperationCanceledException) when (ends.IsCancellationRequested)
            {
                // The caller disconnected, or the simulator is going down: there is no one to respond to.
                context.Abort();
            }
        }

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
