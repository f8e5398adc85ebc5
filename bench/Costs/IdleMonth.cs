using Cronos;

namespace UonOfferum.Bench.Costs;

/// <summary>The counts of a month without leads: the app now, or as it was with a timer for each job.</summary>
/// <param name="Timers">Schedules of the timer functions; each is a scale group of its own, which keeps an instance busy.</param>
/// <param name="Queues">Queues with a listener.</param>
/// <param name="RequestsAMinute">Storage requests of timers and jobs, measured.</param>
internal sealed record IdleMonth(IReadOnlyList<string> Timers, int Queues, double RequestsAMinute)
{
    public const int Days = 30;
    public const int Minutes = Days * 24 * 60;

    /// <summary>The platform bills at least a second for each execution; this is the memory size that it recommends.</summary>
    private const int GigabytesPerInstance = 2;

    /// <summary>Free each month, for a subscription.</summary>
    private const long FreeGigabyteSeconds = 100_000;

    private const double PricePerGigabyteSecond = 0.000026;
    private const double PricePerRequest = 0.004 / 10_000;

    // A timer that runs less often than this records each run in a blob.
    private static readonly TimeSpan Monitored = TimeSpan.FromMinutes(1);

    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The eight timer functions until November 2026, every destination's queues, and what `costs` counted then (docs/performance.md).</summary>
    public static IdleMonth EightTimers { get; } = new(
        ["0 */15 * * * *", "0 40 * * * *", "30 * * * * *", "15 * * * * *", "*/30 * * * * *", "*/30 * * * * *", "45 * * * * *", "0 */5 * * * *"], Queues: 12, RequestsAMinute: 45);

    public long Executions => Timers.Sum(schedule => (long)Runs(schedule));

    public long GigabyteSeconds => Executions * GigabytesPerInstance;

    /// <summary>One poll every two seconds for a month, if an instance runs all the time; on Flex Consumption the queues' groups scale to zero and poll less often.</summary>
    public long EmptyReceives => Queues * (long)Minutes * 30;

    public long StatusBlobs => Timers.Where(IsMonitored).Sum(schedule => (long)Runs(schedule));

    public long JobRequests => (long)(RequestsAMinute * Minutes);

    public double ComputeMoney => Math.Max(0, GigabyteSeconds - FreeGigabyteSeconds) * PricePerGigabyteSecond;

    public double StorageMoney => (EmptyReceives + StatusBlobs + JobRequests) * PricePerRequest;

    private static int Runs(string schedule) => Occurrences(schedule, Start.AddDays(Days)).Count();

    private static bool IsMonitored(string schedule) => Occurrences(schedule, Start.AddDays(1)).Take(2).ToList() is [var first, var second] && second - first > Monitored;

    private static IEnumerable<DateTimeOffset> Occurrences(string schedule, DateTimeOffset until) =>
        CronExpression.Parse(schedule, CronFormat.IncludeSeconds).GetOccurrences(Start, until, TimeZoneInfo.Utc);
}
