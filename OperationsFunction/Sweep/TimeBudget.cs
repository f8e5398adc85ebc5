namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>
/// How long one run of a timer may work. Far below <c>functionTimeout</c>, at which the platform would restart the process and abort running
/// orders. The next run continues where this one stopped.
/// </summary>
internal sealed class TimeBudget(TimeProvider time)
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(2);

    private readonly long _start = time.GetTimestamp();

    public bool IsSpent => time.GetElapsedTime(_start) > Length;
}
