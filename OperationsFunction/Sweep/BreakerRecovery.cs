using Microsoft.Extensions.Logging;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>
/// Closes circuit breakers when their system works again. A successful probe makes the breaker half-open: a probe cannot reveal every
/// failure, so one held operation goes first; the rest follow if it succeeds.
/// </summary>
public sealed partial class BreakerRecovery(
    PipelineCatalog pipelines,
    CircuitBreakerStore breakers,
    IEnumerable<IHealthProbe> probes,
    HeldOperations held,
    BreakerSignal signal,
    FailPoints failPoints,
    TimeProvider time,
    ILogger<BreakerRecovery> logger)
{
    /// <summary>How soon a half-open breaker is checked again while its probe operation is running.</summary>
    private static readonly TimeSpan ProbePoll = TimeSpan.FromSeconds(2);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var pipeline in pipelines.All)
        {
            if (await RunAsync(pipeline, by: null, cancellationToken) is not null)
            {
                // BreakerClock in this process continues where another process stopped.
                signal.Raise(pipeline.Name);
            }
        }
    }

    /// <returns>When there is something to do next; null: no breaker waits for a probe.</returns>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="by">The operator who resumed it; null: no operator did.</param>
    /// <param name="cancellationToken">Ends the run; the next one continues.</param>
    public async Task<DateTimeOffset?> RunAsync(Pipeline pipeline, string? by, CancellationToken cancellationToken)
    {
        foreach (var breaker in await breakers.ReadAsync(pipeline.Name, cancellationToken))
        {
            if (breaker.IsOpen && breaker.ProbeAt <= time.GetUtcNow())
            {
                await ProbeAsync(pipeline, breaker, cancellationToken);
            }
        }

        await held.ReleaseAsync(pipeline, by, cancellationToken);
        return (await breakers.ReadAsync(pipeline.Name, cancellationToken)).Min(NextOf);
    }

    private DateTimeOffset? NextOf(CircuitBreakerState breaker) =>
        breaker.IsOpen ? breaker.ProbeAt : breaker.ProbeOperation is { Length: > 0 } ? time.GetUtcNow() + ProbePoll : null;

    /// <summary>An operator closes a breaker; this skips the half-open state. False when it was closed already.</summary>
    public Task<bool> CloseAsync(Pipeline pipeline, CircuitBreakerState breaker, CancellationToken cancellationToken) =>
        breakers.ChangeAsync(pipeline.Name, breaker, b => CircuitBreakerState.Closed(b.Name) with { Since = time.GetUtcNow() }, cancellationToken);

    private async Task ProbeAsync(Pipeline pipeline, CircuitBreakerState breaker, CancellationToken cancellationToken)
    {
        // Only one process probes: the one that moved the time of the next probe. If it ends, the next probe happens at that time.
        var next = time.GetUtcNow() + CircuitBreakerStore.ProbeWait(breaker.Probes + 1);
        if (!await breakers.ChangeAsync(pipeline.Name, breaker, b => b.ProbeAt == breaker.ProbeAt ? b with { ProbeAt = next } : null, cancellationToken))
        {
            return;
        }

        // A system without a harmless request is probed by one held record; each failure doubles the wait for the next.
        var result = probes.FirstOrDefault(p => p.Breaker == breaker.Name && p.Serves(pipeline)) is { } probe
            ? await probe.ProbeAsync(pipeline, cancellationToken)
            : new ProbeResult(true, "No safe test request exists, so one record is sent first.");
        Log.Probed(logger, pipeline.Name, breaker.Name, result.Works, result.Message);
        await breakers.ChangeAsync(pipeline.Name, breaker, b => result.Works ? HalfOpen(b) : StillOpen(b, result.Message), cancellationToken);
        if (result.Works)
        {
            await failPoints.HitAsync(FailPoints.BreakerHalfOpened);
        }
    }

    private CircuitBreakerState HalfOpen(CircuitBreakerState breaker) => CircuitBreakerState.Closed(breaker.Name) with
    {
        Since = time.GetUtcNow(),
        Probes = breaker.Probes,
        ProbeOperation = "",
        LastFailed = breaker.LastFailed,
    };

    private CircuitBreakerState StillOpen(CircuitBreakerState breaker, string message) => breaker with
    {
        Probes = breaker.Probes + 1,
        Message = message,
        ProbeAt = time.GetUtcNow() + CircuitBreakerStore.ProbeWait(breaker.Probes + 1),
    };

    private static partial class Log
    {
        [LoggerMessage(1611, LogLevel.Information, "{Pipeline}: probed {Breaker}, works: {Works}. {Message}")]
        public static partial void Probed(ILogger logger, string pipeline, string breaker, bool works, string message);
    }
}
