using System.Collections.Immutable;

namespace UonOfferum.Shared.Limits;

/// <param name="Lane">Its number.</param>
/// <param name="Owner">The instance.</param>
/// <param name="Until">The end of the lease.</param>
public sealed record LaneLease(int Lane, string Owner, DateTimeOffset Until);

/// <param name="Who">An instance that got fewer lanes than its fair share.</param>
/// <param name="Until">It asks again before then; otherwise it is considered gone.</param>
public sealed record LaneWaiter(string Who, DateTimeOffset Until);

/// <summary>Who owns which lanes of one limit: the content of its row. Pure.</summary>
public sealed record LaneRow(ImmutableList<LaneLease> Leases, ImmutableList<LaneWaiter> Waiting)
{
    private static readonly TimeSpan WaitsFor = TimeSpan.FromMinutes(1);

    public static LaneRow Empty { get; } = new([], []);

    public IReadOnlyList<int> Owned(string who, DateTimeOffset now) => [.. Leases.Where(l => l.Owner == who && l.Until > now).Select(l => l.Lane)];

    public bool HasOthers(string who, DateTimeOffset now) =>
        Leases.Any(l => l.Owner != who && l.Until > now) || Waiting.Any(w => w.Who != who && w.Until > now);

    /// <summary>When the next lane of another instance may become free; null: none is leased.</summary>
    public DateTimeOffset? NextFree(string who, DateTimeOffset now) =>
        Leases.Where(l => l.Owner != who && l.Until > now).Select(l => (DateTimeOffset?)l.Until).Min();

    /// <summary>
    /// The row after an instance has leased lanes: its own and free ones, and at most its fair share while another instance waits. A
    /// lane of another instance is never taken before its lease expires, so all instances together stay within the rate.
    /// </summary>
    /// <param name="grid">The limit.</param>
    /// <param name="who">The instance.</param>
    /// <param name="wanted">The number of lanes that it could use; at least one.</param>
    /// <param name="isBusy">It calls continuously; a lease for occasional calls is longer.</param>
    /// <param name="now">The present.</param>
    public LaneRow Lease(LaneGrid grid, string who, int wanted, bool isBusy, DateTimeOffset now)
    {
        var others = Leases.RemoveAll(l => l.Owner == who || l.Until <= now || l.Lane >= grid.Lanes);
        var waiting = Waiting.RemoveAll(w => w.Who == who || w.Until <= now);
        var taken = others.Select(l => l.Lane).ToHashSet();
        var rivals = others.Select(l => l.Owner).Concat(waiting.Select(w => w.Who)).Distinct(StringComparer.Ordinal).Count();
        var fair = Math.Max(1, grid.Lanes / (rivals + 1));
        var mine = Owned(who, now).ToHashSet();
        // An instance with occasional calls leaves most lanes to others, because its lease is long.
        var most = !isBusy && rivals > 0 ? 1 : waiting.IsEmpty ? wanted : Math.Min(wanted, fair);

        // Its own lanes first: their next calls are planned.
        var lanes = grid.Spread().Where(lane => !taken.Contains(lane)).OrderBy(lane => mine.Contains(lane) ? 0 : 1).Take(most).ToList();
        var until = now + grid.LeaseFor(lanes.Count, isBusy);
        return new LaneRow(
            others.AddRange(lanes.Select(lane => new LaneLease(lane, who, until))),
            lanes.Count < Math.Min(most, fair) ? waiting.Add(new LaneWaiter(who, now + WaitsFor)) : waiting);
    }

    /// <summary>The row without an instance that is stopping.</summary>
    public LaneRow Without(string who) => new(Leases.RemoveAll(l => l.Owner == who), Waiting.RemoveAll(w => w.Who == who));
}
