namespace UonOfferum.Shared.Journal;

/// <summary>The journal's record of a pipeline name.</summary>
/// <param name="Name">The pipeline's.</param>
/// <param name="FirstStarted">When an app first ran it.</param>
/// <param name="LookBackFrom">Older records are not looked for: another system was responsible for them.</param>
/// <param name="GoneSince">When an app first ran without it; null: it is in the settings.</param>
public sealed record KnownPipeline(string Name, DateTimeOffset FirstStarted, DateTimeOffset LookBackFrom, DateTimeOffset? GoneSince)
{
    /// <summary>Hashes of the accounts it sells to; empty if only an earlier version ran it.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];
}
