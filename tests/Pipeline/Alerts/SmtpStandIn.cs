using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace UonOfferum.Tests.Pipeline.Alerts;

/// <summary>A mail server on loopback that takes every message and delivers none.</summary>
internal sealed class SmtpStandIn : MessageStore, IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    /// <param name="port">0: a free one.</param>
    public SmtpStandIn(int port = 0)
    {
        Port = port == 0 ? FreePort() : port;
        var services = new ServiceProvider();
        services.Add(this);
        var options = new SmtpServerOptionsBuilder()
            .ServerName("stand-in")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port)))
            .Build();
        _serving = new SmtpServer.SmtpServer(options, services).StartAsync(_end.Token);
    }

    public int Port { get; }

    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(buffer.ToArray());
        Mails.Enqueue(await MimeMessage.LoadAsync(bytes, cancellationToken));
        return SmtpResponse.Ok;
    }

    /// <summary>Once more does nothing: a test may end it early.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        await _end.CancelAsync();
        try
        {
            await _serving;
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }

        _end.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
