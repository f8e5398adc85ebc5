using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Worker.Rpc;

namespace UonOfferum.LocalHost.Worker;

/// <summary>Listens on loopback for the streams of the workers that LocalHost started.</summary>
internal sealed class WorkerServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WorkerChannel> _expected = new(StringComparer.Ordinal);
    private readonly WebApplication _web;

    private WorkerServer(ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(this);
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = null);
        // HTTP/2 without TLS works only on an endpoint that offers no other protocol.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        _web = builder.Build();
        _web.MapGrpcService<Service>();
    }

    public Uri Endpoint => new(_web.Urls.First());

    public static async Task<WorkerServer> StartAsync(ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var server = new WorkerServer(loggers);
        await server._web.StartAsync(cancellationToken);
        return server;
    }

    public void Expect(WorkerChannel channel) => _expected[channel.WorkerId] = channel;

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private sealed class Service(WorkerServer server) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
        {
            // The first message says which worker it is; each worker connects once.
            if (!await requestStream.MoveNext(context.CancellationToken)
                || requestStream.Current.StartStream is not { } start
                || !server._expected.TryRemove(start.WorkerId, out var channel))
            {
                throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "No such worker is expected."));
            }

            try
            {
                await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The worker or the host ended; the code that watches the process handles it.
            }
        }
    }
}
