using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Worker;
using Yarp.ReverseProxy.Forwarder;

namespace UonOfferum.LocalHost.Http;

/// <summary>
/// Forwards a request to the worker's own web server, as the Functions host does, and tells the worker over its message stream which
/// function the request is for. The header <c>x-ms-invocation-id</c> correlates the two.
/// </summary>
internal sealed partial class FunctionForwarder(WorkerHost worker, FunctionCaller functions, IHttpForwarder forwarder, ILogger<FunctionForwarder> logger) : IDisposable
{
    private const string InvocationId = "x-ms-invocation-id";
    private const int MaxConnects = 40;

    private static readonly TimeSpan ConnectPause = TimeSpan.FromMilliseconds(250);

    // The platform's limit for an instance. A cold worker fails the requests of a burst that it cannot start within 15 seconds.
    private static readonly int Concurrency = 16 * Environment.ProcessorCount;

    // The longest a request waits for a worker that is restarting.
    private static readonly TimeSpan WorkerPatience = TimeSpan.FromSeconds(30);
    private static readonly ForwarderRequestConfig Request = new() { ActivityTimeout = TimeSpan.FromSeconds(240), Version = HttpVersion.Version11 };

    private readonly SemaphoreSlim _places = new(Concurrency, Concurrency);
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = DistributedContextPropagator.CreatePassThroughPropagator(),
        ConnectCallback = ConnectAsync,
    });

    public async Task SendAsync(HttpContext context, HttpFunction function)
    {
        try
        {
            await _places.WaitAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            await ForwardAsync(context, function);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _places.Dispose();
    }

    /// <summary>A worker connects a moment before its web server listens, so a refused connection is retried, as in the Functions host.</summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (attempt < MaxConnects)
            {
                socket.Dispose();
                await Task.Delay(ConnectPause, TimeProvider.System, cancellationToken);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private async Task ForwardAsync(HttpContext context, HttpFunction function)
    {
        WorkerChannel channel;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            patience.CancelAfter(WorkerPatience);
            channel = await worker.ReadyAsync(patience.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or FunctionFailedException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        // A caller must not choose the id, because that would attach its request to another caller's invocation.
        var id = RandomId.New();
        context.Request.Headers[InvocationId] = id;
        var calling = functions.CallAsync(function, id, context.GetRouteData().Values, context.RequestAborted);
        var error = await forwarder.SendAsync(context, channel.HttpAddress, _client, Request);
        if (error != ForwarderError.None)
        {
            Log.NotForwarded(logger, function.Name, error, context.GetForwarderErrorFeature()?.Exception?.GetType().Name);
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
        }

        await EndAsync(context, function, calling);
    }

    private async Task EndAsync(HttpContext context, HttpFunction function, Task calling)
    {
        try
        {
            await calling;
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller disconnected. The Functions host counts that as a failed call; there is no one to respond to.
        }
        catch (Exception exception) when (exception is FunctionFailedException or TimeoutException or OperationCanceledException)
        {
            // The worker's web server has already answered 500, or the worker has ended.
            Log.Failed(logger, function.Name, exception);
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(40, LogLevel.Error, "{Function} failed.")]
        public static partial void Failed(ILogger logger, string function, Exception exception);

        [LoggerMessage(41, LogLevel.Warning, "A request for {Function} could not be forwarded to the worker: {Error} ({Cause}).")]
        public static partial void NotForwarded(ILogger logger, string function, ForwarderError error, string? cause);
    }
}
