namespace UonOfferum.OperationsFunction.Alerts;

public enum AlertKind
{
    /// <summary>The circuit breaker of U-ON or a destination is open; its work is held.</summary>
    Held,

    /// <summary>Operations of one error code need an operator.</summary>
    Failures,

    /// <summary>No webhook for longer than configured.</summary>
    Silence,

    /// <summary>The settings of a pipeline cannot be used.</summary>
    Invalid,

    /// <summary>A destination accepts orders and moderates them: the network may not pay for them yet.</summary>
    Moderated,
}

/// <summary>A problem. Holds names, codes and counts only: no personal data and no secret.</summary>
/// <param name="Kind">The kind of problem.</param>
/// <param name="Pipeline">"" when the problem belongs to no pipeline.</param>
/// <param name="Subject">The breaker, or the state of the operations.</param>
/// <param name="Code">The error code, or the state of the cabinet's webhooks during a silence; null when there is none.</param>
/// <param name="Count">How many operations; 0 where nothing is counted.</param>
/// <param name="Capped">There may be more.</param>
/// <param name="Since">When it began.</param>
public sealed record AlertCause(AlertKind Kind, string Pipeline, string Subject, string? Code, int Count, bool Capped, DateTimeOffset Since)
{
    /// <summary>Identifies the cause, regardless of the count.</summary>
    public string Key => Kind == AlertKind.Silence ? $"{Kind}|{Pipeline}||" : $"{Kind}|{Pipeline}|{Subject}|{Code}";
}
