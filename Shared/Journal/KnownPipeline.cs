namespace UonOfferum.Shared.Journal;

/// <summary>What the journal remembers of a pipeline's name.</summary>
/// <param name="Name">The pipeline's.</param>
/// <param name="FirstStarted">When an app first ran it.</param>
/// <param name="LookBackFrom">Records that are older than this are not looked for: they were somebody else's to sell.</param>
/// <param name="GoneSince">When an app first ran without it; null: it is in the settings.</param>
public sealed record KnownPipeline(string Name, DateTimeOffset FirstStarted, DateTimeOffset LookBackFrom, DateTimeOffset? GoneSince);
