namespace UonOfferum.Simulators;

/// <summary>One call that reached the simulated U-ON.</summary>
/// <param name="At">When it arrived.</param>
/// <param name="Key">The API key it carried, known or not.</param>
/// <param name="Route">What it asked for.</param>
/// <param name="Id">The record's number; null for lists and unknown routes.</param>
/// <param name="Path">The path behind the key, such as <c>lead/48213.json</c>.</param>
/// <param name="Status">The HTTP status it was answered with; null when it got none (hang, reset).</param>
/// <param name="Fault">The programmed fault it met.</param>
public sealed record UonCall(DateTimeOffset At, string Key, UonRoute Route, long? Id, string Path, int? Status, UonFault? Fault)
{
    /// <summary>What a write carried; empty for a read.</summary>
    public IReadOnlyDictionary<string, string> Form { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
