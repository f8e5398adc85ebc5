namespace UonOfferum.Shared.Gates;

/// <summary>
/// Whether work may go to one outside system of one pipeline. Closed by a wrong key or flow, by a run of failures, or by a person;
/// while it is closed operations turn Held and need no message.
/// </summary>
/// <param name="Name"><c>uon</c>, a destination's name, or <c>pipeline</c> for a pause by a person.</param>
/// <param name="Closed">Nothing passes.</param>
/// <param name="Code">Why, as an error code; null when open.</param>
/// <param name="Message">Why and what to do, for a person; null when open.</param>
/// <param name="Since">When it was closed or opened.</param>
/// <param name="ProbeAt">When the credentials are tried again; null: only a person opens it.</param>
/// <param name="Probes">Probes that failed in a row, closings soon after an opening included.</param>
public sealed record Gate(string Name, bool Closed, string? Code, string? Message, DateTimeOffset Since, DateTimeOffset? ProbeAt, int Probes)
{
    /// <summary>
    /// Open on trial: only this operation (its id) was let through, and the others follow when it found the way free. "" before one
    /// was chosen; null when there is no trial.
    /// </summary>
    public string? Trial { get; init; }

    /// <summary>The gate a person closes: the whole pipeline.</summary>
    public const string Pipeline = "pipeline";

    /// <summary>The gate before U-ON.</summary>
    public const string Uon = "uon";

    public const string Paused = "paused";

    public bool IsPause => Code is null or Paused;

    public static Gate Open(string name) => new(name, false, null, null, default, null, 0);
}
