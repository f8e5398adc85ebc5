namespace UonOfferum.OperationsFunction.Alerts;

public enum AlertKind
{
    /// <summary>U-ON or a destination is on hold; its work waits.</summary>
    Held,

    /// <summary>Operations of one error code need an operator.</summary>
    Failures,

    /// <summary>No webhook for longer than configured.</summary>
    Silence,

    /// <summary>The settings of a pipeline cannot be used.</summary>
    Invalid,
}

/// <summary>A problem. Holds names, codes and counts only: no personal data and no secret.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Pipeline">"" for what belongs to none.</param>
/// <param name="Subject">The breaker, or the state of the operations.</param>
/// <param name="Code">The error code, or what the cabinet's webhooks say of a silence; null where there is none.</param>
/// <param name="Count">How many operations; 0 where nothing is counted.</param>
/// <param name="Capped">There may be more.</param>
/// <param name="Since">When it began.</param>
public sealed record AlertCause(AlertKind Kind, string Pipeline, string Subject, string? Code, int Count, bool Capped, DateTimeOffset Since)
{
    /// <summary>The same for the same cause, whatever the count.</summary>
    public string Key => Kind == AlertKind.Silence ? $"{Kind}|{Pipeline}||" : $"{Kind}|{Pipeline}|{Subject}|{Code}";
}
