namespace UonOfferum.Shared.Limits;

/// <summary>
/// A rate as lanes: each lane permits one call per period, and no two lanes permit a call at the same moment. Instances own
/// lanes, so their calls interleave without communication. Pure.
/// </summary>
/// <param name="Lanes">How many there are.</param>
/// <param name="Period">The time between two calls in one lane.</param>
public sealed record LaneGrid(int Lanes, TimeSpan Period)
{
    /// <summary>More lanes would only make the row longer.</summary>
    public const int MostLanes = 16;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <param name="perSecond">Calls per second across all instances.</param>
    public static LaneGrid Of(double perSecond)
    {
        var lanes = Math.Clamp((int)perSecond, 1, MostLanes);
        return new LaneGrid(lanes, TimeSpan.FromSeconds(lanes / perSecond));
    }

    /// <summary>The time between two calls of an instance that owns this many lanes.</summary>
    public TimeSpan Spacing(int owned) => Period / Math.Max(1, owned);

    /// <summary>How long lanes are leased: about sixty calls, so that a lease's two storage requests are one request per thirty calls. At most five minutes.</summary>
    /// <param name="owned">The number of owned lanes.</param>
    /// <param name="isBusy">Busy: at least ten seconds. Otherwise at least a minute, because each occasional call would need a storage request.</param>
    public TimeSpan LeaseFor(int owned, bool isBusy)
    {
        var least = isBusy ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(1);
        var sixty = Spacing(owned) * 60;
        return sixty < least ? least : sixty > Longest ? Longest : sixty;
    }

    /// <summary>The first moment at or after <paramref name="from"/> that belongs to one of the lanes.</summary>
    public DateTimeOffset Next(IEnumerable<int> owned, DateTimeOffset from) => owned.Min(lane => Next(lane, from));

    private DateTimeOffset Next(int lane, DateTimeOffset from)
    {
        var offset = Period.Ticks * lane / Lanes;
        var into = (from.UtcTicks - offset) % Period.Ticks;
        return into == 0 ? from : from.AddTicks(Period.Ticks - into);
    }

    /// <summary>The lanes, ordered so that the first few are spread over the period.</summary>
    public IEnumerable<int> Spread()
    {
        for (var step = MostLanes; step >= 1; step /= 2)
        {
            for (var lane = 0; lane < Lanes; lane += step)
            {
                if (step == MostLanes || lane % (step * 2) != 0)
                {
                    yield return lane;
                }
            }
        }
    }
}
