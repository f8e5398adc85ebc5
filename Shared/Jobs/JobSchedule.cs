namespace UonOfferum.Shared.Jobs;

/// <summary>When a job runs: at a fixed interval, counted from midnight UTC. The timer fires every 30 seconds, so no job runs more often.</summary>
/// <param name="Every">The interval between two runs.</param>
/// <param name="Offset">The first run of a day is this long after midnight, so that not all jobs start at the same time.</param>
public sealed record JobSchedule(TimeSpan Every, TimeSpan Offset = default)
{
    /// <summary>Clock skew: a timer may fire slightly early by the clock of another machine.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>The first run after that moment.</summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        var midnight = new DateTimeOffset(after.UtcDateTime.Date, TimeSpan.Zero);
        var first = midnight + new TimeSpan(Offset.Ticks % Every.Ticks);
        return after < first ? first : first + (((after - first).Ticks / Every.Ticks) + 1) * Every;
    }

    /// <param name="last">The start of the last run, or the start of the process.</param>
    /// <param name="now">The present.</param>
    public bool IsDue(DateTimeOffset last, DateTimeOffset now) => Next(last) <= now + Tolerance;

    public static JobSchedule Seconds(int seconds) => new(TimeSpan.FromSeconds(seconds));

    public static JobSchedule Minutes(int minutes, int offset = 0) => new(TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(offset));
}
