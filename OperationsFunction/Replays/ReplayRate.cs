namespace UonOfferum.OperationsFunction.Replays;

/// <summary>From when the rate of a run is counted, and what it had started by then.</summary>
public sealed record Pace(DateTimeOffset From, int Started);

/// <summary>How many operations a replay may start: it ramps up to the full rate within a minute. Pure.</summary>
internal static class ReplayRate
{
    private const int First = 3;
    private const double SlowStart = 0.1;

    /// <summary>How many it may start now, and the pace to store with them.</summary>
    /// <remarks>
    /// A run that was interrupted, or waited its turn behind another one, makes up for a minute at most: a longer pause would put thousands of records in
    /// front of new webhooks. What it is further behind, its pace is moved.
    /// </remarks>
    public static (int Allowed, Pace Pace) Next(Pace pace, int started, int perMinute, DateTimeOffset now)
    {
        var allowed = Allowed(now - pace.From, perMinute) - (started - pace.Started);
        var most = First + perMinute;
        return allowed <= most ? ((int)allowed, pace) : (most, pace with { From = pace.From.AddMinutes((double)(allowed - most) / perMinute) });
    }

    private static long Allowed(TimeSpan elapsed, int perMinute)
    {
        var minutes = elapsed.TotalMinutes;
        var rampedUp = SlowStart + (1 - SlowStart) / 2;
        var due = minutes < 1
            ? perMinute * (SlowStart * minutes + (1 - SlowStart) / 2 * minutes * minutes)
            : perMinute * (rampedUp + minutes - 1);
        return First + (long)due;
    }
}
