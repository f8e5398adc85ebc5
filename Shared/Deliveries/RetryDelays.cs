namespace UonOfferum.Shared.Deliveries;

/// <summary>When to retry after a transient failure. Pure: the caller supplies the random number.</summary>
public static class RetryDelays
{
    /// <summary>No destination may delay a lead for longer than this with Retry-After.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <summary>Delays are stretched by up to this share, so that leads that failed together do not retry together.</summary>
    public const double Jitter = 0.2;

    private static readonly TimeSpan LongestSpread = LongestRetryAfter * Jitter;

    /// <summary>The delay before the next try; null when there are no delays left.</summary>
    /// <param name="delays">The configured delays, in order.</param>
    /// <param name="failures">Failures before this one; the index into the delays.</param>
    /// <param name="retryAfter">What the other side asked for; honoured when longer, up to an hour.</param>
    /// <param name="random">0 to 1.</param>
    public static TimeSpan? Next(IReadOnlyList<TimeSpan> delays, int failures, TimeSpan? retryAfter, double random)
    {
        if (failures >= delays.Count)
        {
            return null;
        }

        var asked = retryAfter is { } wish ? Min(wish, LongestRetryAfter) : TimeSpan.Zero;
        var delay = delays[failures] > asked ? delays[failures] : asked;
        return delay + delay * (Jitter * random);
    }

    /// <summary>How much later than the others a lead comes after a common wait: leads that wait together must not retry together, or they would be throttled again.</summary>
    /// <param name="wait">What is left of the wait.</param>
    /// <param name="random">0 to 1.</param>
    public static TimeSpan Spread(TimeSpan wait, double random) => Min(wait, LongestSpread) * random;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
