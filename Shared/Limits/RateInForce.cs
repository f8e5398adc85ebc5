namespace UonOfferum.Shared.Limits;

/// <summary>
/// The effective rate of a limit with several callers: the lowest rate requested within the last minute. Pipelines may share a key and configure
/// different rates; a newly published rate takes effect without a restart, a lower one at once.
/// </summary>
internal sealed class RateInForce
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private double _rate = double.PositiveInfinity;
    private DateTimeOffset _namedAt;

    /// <param name="named">Calls per second that this caller allows.</param>
    /// <param name="now">The present.</param>
    public double Of(double named, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (named <= _rate || now - _namedAt > Remembered)
            {
                (_rate, _namedAt) = (named, now);
            }

            return _rate;
        }
    }
}
