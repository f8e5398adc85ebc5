namespace UonOfferum.Shared.CircuitBreakers;

/// <summary>
/// The circuit breaker for one external system of one pipeline. A wrong key or flow, a run of failures or an operator opens it.
/// While it is open no work passes: operations become Held and need no message.
/// </summary>
/// <param name="Name"><c>uon</c>, a destination's name, or <c>pipeline</c> for a pause by an operator.</param>
/// <param name="IsOpen">No work passes.</param>
/// <param name="Code">Why it is open, as an error code; null when closed.</param>
/// <param name="Message">Why it is open and what to do, for an operator; null when closed.</param>
/// <param name="Since">When it last opened or closed.</param>
/// <param name="ProbeAt">When the system is probed next; null: only an operator closes it.</param>
/// <param name="Probes">Probes that failed in a row; reopening soon after a recovery counts as one.</param>
public sealed record CircuitBreakerState(string Name, bool IsOpen, string? Code, string? Message, DateTimeOffset Since, DateTimeOffset? ProbeAt, int Probes)
{
    /// <summary>
    /// The id of the one operation that a half-open breaker lets through; the others follow if it succeeds. "" before one is chosen;
    /// null when the breaker is not half-open.
    /// </summary>
    public string? ProbeOperation { get; init; }

    /// <summary>The id of the operation that failed last: the next probe uses another one, unless it is the only one held.</summary>
    public string? LastFailed { get; init; }

    /// <summary>The breaker that an operator opens: the whole pipeline.</summary>
    public const string Pipeline = "pipeline";

    /// <summary>The breaker for U-ON.</summary>
    public const string Uon = "uon";

    public const string Paused = "paused";

    public bool IsPause => Code is null or Paused;

    public bool IsHalfOpen => !IsOpen && ProbeOperation is not null;

    public static CircuitBreakerState Closed(string name) => new(name, false, null, null, default, null, 0);
}
