using UonOfferum.Shared.Configuration;

namespace UonOfferum.Shared.CircuitBreakers;

/// <summary>Checks the credentials of one outside system without side effects.</summary>
public interface IHealthProbe
{
    /// <summary>Name of the circuit breaker that this probe can close.</summary>
    string Breaker { get; }

    /// <summary>Whether this pipeline uses the system.</summary>
    bool Serves(Pipeline pipeline) => true;

    Task<ProbeResult> ProbeAsync(Pipeline pipeline, CancellationToken cancellationToken);
}

/// <param name="Works">The system responds and accepts the credentials.</param>
/// <param name="Message">Its reply, and the remedy if it does not work; contains no secret.</param>
/// <param name="Code">What is wrong, as an error code; null when it works.</param>
public sealed record ProbeResult(bool Works, string Message, string? Code = null);
