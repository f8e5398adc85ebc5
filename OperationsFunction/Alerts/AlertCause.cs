namespace UonOfferum.OperationsFunction.Alerts;

public enum AlertKind
{
    /// <summary>U-ON or a destination is on hold; its work waits.</summary>
    Held,

    /// <summary>Operations of one error code need a person.</summary>
    Failures,

    /// <summary>No webhook for longer than configured.</summary>
    Silence,

    /// <summary>The settings of a pipeline cannot be used.</summary>
    Invalid,
}

/// <summary>Something that is not well. Holds names, codes and counts only: nothing of a person, and no secret.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Pipeline">"" for what belongs to none.</param>
/// <param name="Subject">The gate, or the state of the operations.</param>
/// <param name="Code">The error code; null where there is none.</param>
/// <param name="Count">How many operations; 0 where nothing is counted.</param>
/// <param name="Capped">There may be more.</param>
/// <param name="Since">When it began.</param>
public sealed record AlertCause(AlertKind Kind, string Pipeline, string Subject, string? Code, int Count, bool Capped, DateTimeOffset Since)
{
    /// <summary>The same for the same cause, whatever the count.</summary>
    public string Key => $"{Kind}|{Pipeline}|{Subject}|{Code}";
}
