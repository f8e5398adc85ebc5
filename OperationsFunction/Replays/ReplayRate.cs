namespace UonOfferum.OperationsFunction.Replays;

/// <summary>How many operations a replay may have started by now: it ramps up to the full rate within a minute. Pure.</summary>
internal static class ReplayRate
{
    private const int First = 3;
    private const double SlowStart = 0.1;

    public static int Allowed(TimeSpan elapsed, int perMinute)
    {
        var minutes = elapsed.TotalMinutes;
        var rampedUp = SlowStart + (1 - SlowStart) / 2;
        var due = minutes < 1
            ? perMinute * (SlowStart * minutes + (1 - SlowStart) / 2 * minutes * minutes)
            : perMinute * (rampedUp + minutes - 1);
        return First + (int)Math.Min(due, int.MaxValue / 2);
    }
}
