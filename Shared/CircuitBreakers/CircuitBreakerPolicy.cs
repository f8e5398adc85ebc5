using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.Shared.CircuitBreakers;

/// <summary>
/// Opens and closes circuit breakers by replies: at once for wrong credentials, by <see cref="FailureWindow"/> for an outage. A half-open
/// breaker closes with the first good answer and reopens with the first failure.
/// </summary>
public sealed partial class CircuitBreakerPolicy(
    CircuitBreakerStore store, HalfOpenLimiter limiter, SlowDown slowDown, BreakerSignal signal, TimeProvider time, ILogger<CircuitBreakerPolicy> logger)
{
    private const int TooManyRequests = 429;

    private readonly ConcurrentDictionary<(string Pipeline, string Breaker), FailureWindow> _windows = new();

    public ValueTask<CircuitBreakerState?> FindOpenAsync(Pipeline pipeline, string name, CancellationToken cancellationToken) =>
        store.FindOpenAsync(pipeline.Name, name, cancellationToken);

    /// <summary>Counts a destination's reply for or against it.</summary>
    public async ValueTask RecordReplyAsync(
        Pipeline pipeline, string name, OperationId operation, DeliveryReply reply, CancellationToken cancellationToken)
    {
        switch (reply)
        {
            case { Outcome: DeliveryOutcome.Misconfigured }:
                await OpenAsync(pipeline, name, operation, ErrorCodes.Denied(name), Reason(reply), cancellationToken);
                break;
            case { Outcome: DeliveryOutcome.Transient, Status: TooManyRequests }:
                slowDown.Throttled(pipeline.Name, name, reply.RetryAfter);
                break;
            case { Outcome: DeliveryOutcome.Transient or DeliveryOutcome.Uncertain }:
                await RecordFailureAsync(pipeline, name, operation, ErrorCodes.Unavailable(name), Reason(reply), cancellationToken);
                break;
            default:
                slowDown.Answered(pipeline.Name, name);
                await RecordSuccessAsync(pipeline, name, operation, cancellationToken);
                break;
        }
    }

    public async ValueTask RecordSuccessAsync(Pipeline pipeline, string name, OperationId operation, CancellationToken cancellationToken)
    {
        Window(pipeline, name).Succeeded(operation, time.GetUtcNow());
        // The next outage is probed from the start again.
        if (store.PeekHalfOpen(pipeline.Name, name) is { } halfOpen
            && await store.ChangeAsync(pipeline.Name, halfOpen, b => b with { ProbeOperation = null, LastFailed = null, Probes = 0 }, cancellationToken))
        {
            Log.Recovered(logger, pipeline.Name, name);
            signal.Raise(pipeline.Name);
        }
    }

    public async ValueTask RecordFailureAsync(
        Pipeline pipeline, string name, OperationId operation, string code, string message, CancellationToken cancellationToken)
    {
        if (Window(pipeline, name).Failed(operation, time.GetUtcNow()) || store.PeekHalfOpen(pipeline.Name, name) is not null)
        {
            await OpenAsync(pipeline, name, operation, code, message, cancellationToken);
        }
    }

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">The breaker's.</param>
    /// <param name="operation">The one that failed; the next probe should be a different one.</param>
    /// <param name="code">Why it opens, as an error code.</param>
    /// <param name="message">The same in words.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task OpenAsync(Pipeline pipeline, string name, OperationId operation, string code, string message, CancellationToken cancellationToken)
    {
        var (now, reopens) = (time.GetUtcNow(), store.PeekHalfOpen(pipeline.Name, name) is not null);
        limiter.Reset(pipeline.Name, name);
        var breaker = new CircuitBreakerState(name, true, code, message, now, now + CircuitBreakerStore.FirstProbe, 0) { LastFailed = operation.ToString() };
        if (await store.OpenAsync(pipeline.Name, breaker, cancellationToken))
        {
            if (reopens)
            {
                // The operator was already notified: the alert persists while a breaker is half-open.
                Log.Reopened(logger, pipeline.Name, name, code, message);
            }
            else
            {
                Meters.BreakerOpened(name, code);
                Log.Opened(logger, pipeline.Name, name, code, message);
            }

            signal.Raise(pipeline.Name);
        }
    }

    private FailureWindow Window(Pipeline pipeline, string name) => _windows.GetOrAdd((pipeline.Name, name), _ => new FailureWindow());

    private static string Reason(DeliveryReply reply) => reply.Detail is { } detail ? detail + "." : "";

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Error, "{Pipeline}: the circuit breaker of {Breaker} is open, {Code}: {Reason} Records wait and resume automatically when it closes")]
        public static partial void Opened(ILogger logger, string pipeline, string breaker, string code, string reason);

        [LoggerMessage(1302, LogLevel.Warning, "{Pipeline}: the circuit breaker of {Breaker} is open again after a probe, {Code}: {Reason}")]
        public static partial void Reopened(ILogger logger, string pipeline, string breaker, string code, string reason);

        [LoggerMessage(1303, LogLevel.Warning, "{Pipeline}: {Breaker} answered successfully; its circuit breaker is closed and held records resume")]
        public static partial void Recovered(ILogger logger, string pipeline, string breaker);
    }
}
