using Azure;

namespace UonOfferum.Shared.Jobs;

/// <summary>The state of a job: one row in <c>jobs|control</c>, updated under its ETag.</summary>
/// <param name="Name">The job's.</param>
public sealed record JobState(string Name)
{
    /// <summary>When the last completed run started.</summary>
    public DateTimeOffset? LastRun { get; init; }

    /// <summary>How long that run took.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Why that run failed; null when it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>A requested run, until a run that started after the request has ended.</summary>
    public string? Asked { get; init; }

    /// <summary>The <see cref="Asked"/> request that the current run serves.</summary>
    public string? Serving { get; init; }

    /// <summary>The owner of the current run; random.</summary>
    public string? Owner { get; init; }

    /// <summary>Until then no other owner starts it. After a crash another process continues then.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Default: the row was never written.</summary>
    public ETag ETag { get; init; }

    public bool IsRunning(DateTimeOffset now) => LeaseUntil > now;
}
