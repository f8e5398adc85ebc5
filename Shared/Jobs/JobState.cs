using Azure;

namespace UonOfferum.Shared.Jobs;

/// <summary>What is known of a job: one row in <c>jobs|control</c>, changed under its ETag.</summary>
/// <param name="Name">The job's.</param>
public sealed record JobState(string Name)
{
    /// <summary>When the last run that ended had started.</summary>
    public DateTimeOffset? LastRun { get; init; }

    /// <summary>How long that run took.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Why that run failed; null when it went well.</summary>
    public string? Error { get; init; }

    /// <summary>A run somebody asked for, until one that started afterwards has ended.</summary>
    public string? Asked { get; init; }

    /// <summary>The <see cref="Asked"/> that the current run answers.</summary>
    public string? Serving { get; init; }

    /// <summary>Who runs it now; random, one for each process.</summary>
    public string? Owner { get; init; }

    /// <summary>Until then nobody else starts it. After a crash another process continues then.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Default: the row was never written.</summary>
    public ETag ETag { get; init; }

    public bool IsRunning(DateTimeOffset now) => LeaseUntil > now;
}
