using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

/// <summary>What the server does with a request that it has read to its end.</summary>
internal enum SocketAnswer
{
    /// <summary>200, and the connection stays open.</summary>
    Ok,

    /// <summary>Ends the connection in order, without a word.</summary>
    Close,

    /// <summary>Resets the connection.</summary>
    Reset,

    /// <summary>100 Continue, then the end of the connection.</summary>
    ContinueThenClose,

    /// <summary>A redirect that keeps the method, to this server.</summary>
    Redirect,

    /// <summary>417, the answer of a server that does not know 100-continue.</summary>
    ExpectationFailed,
}

/// <summary>A server below any HTTP library: it counts what really arrives. Once its script is used up it closes every connection.</summary>
internal sealed class OneSocketServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<SocketAnswer> _script;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    public OneSocketServer(params SocketAnswer[] script)
    {
        _script = new(script);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/order?phone=1"));

    /// <summary>First lines of all requests, over all connections.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Heads of all requests, decoded as UTF-8.</summary>
    public ConcurrentQueue<string> Heads { get; } = [];

    /// <summary>Connections on which at least one byte came.</summary>
    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await ServeAsync(await _listener.AcceptSocketAsync(_end.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            var isFirst = true;
            while (await ReadAsync(socket) is { } request)
            {
                Connections += isFirst ? 1 : 0;
                isFirst = false;
                Requests.Enqueue(request);
                var answer = _script.TryDequeue(out var next) ? next : SocketAnswer.Close;
                if (Words(answer) is { } words)
                {
                    await socket.SendAsync(Encoding.ASCII.GetBytes(words), _end.Token);
                }

                if (answer is SocketAnswer.Reset)
                {
                    socket.LingerState = new LingerOption(true, 0);
                }

                if (answer is SocketAnswer.Reset or SocketAnswer.Close or SocketAnswer.ContinueThenClose)
                {
                    return;
                }
            }
        }
    }

    private string? Words(SocketAnswer answer) => answer switch
    {
        SocketAnswer.Ok => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        SocketAnswer.ContinueThenClose => "HTTP/1.1 100 Continue\r\n\r\n",
        SocketAnswer.Redirect => $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {Address}&again\r\nContent-Length: 0\r\n\r\n",
        SocketAnswer.ExpectationFailed => "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n",
        _ => null,
    };

    /// <summary>The first line of a request that was read with its body; null at the end of the connection.</summary>
    private async Task<string?> ReadAsync(Socket socket)
    {
        var received = new StringBuilder();
        var buffer = new byte[8192];
        while (true)
        {
            var text = received.ToString();
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && text.Length >= head + 4 + (text.Contains("Expect:", StringComparison.OrdinalIgnoreCase) ? 0 : LengthIn(text[..head])))
            {
                Heads.Enqueue(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text[..head])));
                return text[..text.IndexOf("\r\n", StringComparison.Ordinal)];
            }

            try
            {
                var count = await socket.ReceiveAsync(buffer, _end.Token);
                if (count == 0)
                {
                    return null;
                }

                received.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
            catch (SocketException)
            {
                return null;
            }
        }
    }

    private static int LengthIn(string head) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line
            ? int.Parse(line[15..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture)
            : 0;
}
