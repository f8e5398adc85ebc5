using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace UonOfferum.Simulators;

/// <summary>A service on a loopback port that records every call and returns the programmed or the usual response.</summary>
public sealed class CallSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<SinkAnswer> _programmed = new();
    private readonly Func<SunkCall, SinkAnswer> _usual;
    private readonly SimulatorClock _clock = new(TimeProvider.System);
    private LoopbackServer? _server;
    private int _count;

    private CallSink(Func<SunkCall, SinkAnswer> usual) => _usual = usual;

    public Uri BaseAddress => _server!.BaseAddress;

    /// <summary>Every call received, including refused ones.</summary>
    public CallLog<SunkCall> Calls { get; } = new();

    /// <summary>How long each response takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>A random extra latency of up to this much for each call.</summary>
    public TimeSpan LatencySpread { get; set; }

    /// <param name="usual">The response when nothing is programmed.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<CallSink> StartAsync(Func<SunkCall, SinkAnswer> usual, CancellationToken cancellationToken)
    {
        var sink = new CallSink(usual);
        sink._server = await LoopbackServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), sink.AnswerAsync, cancellationToken);
        return sink;
    }

    /// <summary>Answers the next calls in this order, once each.</summary>
    public void Next(params IEnumerable<SinkAnswer> answers)
    {
        foreach (var answer in answers)
        {
            _programmed.Enqueue(answer);
        }
    }

    /// <summary>Drops the programmed responses that are left.</summary>
    public void Clear() => _programmed.Clear();

    /// <summary>Closes the port: from now on connections are refused.</summary>
    public Task GoDownAsync() => _server!.GoDownAsync();

    /// <summary>Listens again, at the same address.</summary>
    public Task ComeBackAsync(CancellationToken cancellationToken) => _server!.ComeBackAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(context.Request.Body);
        var call = new SunkCall(
            Interlocked.Increment(ref _count),
            context.Request.Method,
            context.Request.Path.Value ?? "",
            context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(cancellationToken));
        var answer = _programmed.TryDequeue(out var programmed) ? programmed : _usual(call);
        Calls.Add(call);
        var whole = answer.Hangs
            ? Answer.Hang
            : new Answer(answer.Status, answer.Body) { RetryAfter = answer.RetryAfterSeconds?.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        await _clock.WaitAsync(Latency, LatencySpread, cancellationToken);
        await whole.WriteAsync(context, cancellationToken);
    }
}

/// <param name="Number">From 1, in order of arrival.</param>
/// <param name="Method">POST and the like.</param>
/// <param name="Path">Decoded.</param>
/// <param name="Query">As sent, with its question mark.</param>
/// <param name="Headers">By name, whatever its case.</param>
/// <param name="Body">As text.</param>
public sealed record SunkCall(int Number, string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body);

/// <param name="Status">HTTP.</param>
/// <param name="Body">JSON or any other text.</param>
public sealed record SinkAnswer(int Status, string Body)
{
    public int? RetryAfterSeconds { get; init; }

    /// <summary>No response is ever sent.</summary>
    public bool Hangs { get; init; }
}
