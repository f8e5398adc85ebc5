using UonOfferum.Shared.CircuitBreakers;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <param name="Destination"><c>uon</c>, a destination's name, or <c>pipeline</c> for a pause of the whole pipeline.</param>
/// <param name="Open">No work passes.</param>
/// <param name="Why"><c>hold</c> (wrong key or flow), <c>outage</c> or <c>paused</c>.</param>
/// <param name="Code">The error code; null for a pause.</param>
/// <param name="Message">For an operator.</param>
/// <param name="Since">When it opened.</param>
/// <param name="NextProbeAt">When the credentials are tried again; null: only an operator closes it.</param>
public sealed record BreakerStatusView(
    string Destination, bool Open, string Why, string? Code, string? Message, DateTimeOffset Since, DateTimeOffset? NextProbeAt)
{
    /// <summary>The former name of <see cref="Open"/>, kept for one version: a closed gate let nothing pass.</summary>
    public bool Closed => Open;
}

/// <summary>The open circuit breakers of a pipeline, as the API shows them.</summary>
public sealed class BreakerStatus(CircuitBreakerStore breakers)
{
    private const string Outage = "-unavailable";

    public async Task<IReadOnlyList<BreakerStatusView>> OpenAsync(string pipeline, CancellationToken cancellationToken) =>
        [.. (await breakers.ReadAsync(pipeline, cancellationToken)).Where(b => b.IsOpen).Select(View)];

    public static bool IsPaused(IEnumerable<BreakerStatusView> open) => open.Any(b => b.Destination == CircuitBreakerState.Pipeline);

    /// <summary>What an operator has to fix; a pause is not a problem.</summary>
    public static IReadOnlyList<string> Problems(IEnumerable<BreakerStatusView> open) =>
        [.. open.Where(b => b.Code is not null && b.Message is { Length: > 0 }).Select(b => b.Message!)];

    internal static BreakerStatusView View(CircuitBreakerState breaker) => new(
        breaker.Name,
        breaker.IsOpen,
        breaker.IsPause ? "paused" : breaker.Code!.EndsWith(Outage, StringComparison.Ordinal) ? "outage" : "hold",
        breaker.IsPause ? null : breaker.Code,
        breaker.Message,
        breaker.Since,
        breaker.ProbeAt);
}
