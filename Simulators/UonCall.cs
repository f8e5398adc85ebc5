namespace UonOfferum.Simulators;

/// <summary>One call that reached the simulated U-ON.</summary>
/// <param name="At">When it arrived.</param>
/// <param name="Key">The API key it carried, known or not.</param>
/// <param name="Route">The requested route.</param>
/// <param name="Id">The record's number; null for lists and unknown routes.</param>
/// <param name="Path">The path after the key, such as <c>lead/48213.json</c>.</param>
/// <param name="Status">The HTTP status of the response; null when there was none (hang, reset).</param>
/// <param name="Fault">The programmed fault it met.</param>
public sealed record UonCall(DateTimeOffset At, string Key, UonRoute Route, long? Id, string Path, int? Status, UonFault? Fault)
{
    /// <summary>The form of a write; empty for a read.</summary>
    public IReadOnlyDictionary<string, string> Form { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
