using CsCheck;
using UonOfferum.Shared.Limits;

namespace UonOfferum.Tests.Unit.Shared.Limits;

public sealed class LaneRowTests
{
    private static readonly LaneGrid Grid = LaneGrid.Of(8);
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(8, 8, 1.0)]
    [InlineData(10, 10, 1.0)]
    [InlineData(100, 16, 0.16)]
    [InlineData(1.5, 1, 0.6667)]
    [InlineData(0.33, 1, 3.0303)]
    public void Lanes_make_up_the_rate(double perSecond, int lanes, double period)
    {
        var grid = LaneGrid.Of(perSecond);

        Assert.Equal(lanes, grid.Lanes);
        Assert.Equal(period, grid.Period.TotalSeconds, 0.001);
        Assert.Equal(grid.Lanes, grid.Spread().Distinct().Count());
    }

    [Fact]
    public void A_lone_one_gets_all_lanes_and_a_quiet_one_leaves_half()
    {
        Assert.Equal(8, LaneRow.Empty.Lease(Grid, "a", 8, isBusy: true, Start).Owned("a", Start).Count);
        var quiet = LaneRow.Empty.Lease(Grid, "a", 4, isBusy: false, Start);
        Assert.Equal([0, 2, 4, 6], quiet.Owned("a", Start).Order());
        Assert.Equal(4, quiet.Owned("a", Start.AddSeconds(59)).Count);
    }

    [Fact]
    public void One_that_is_quiet_takes_a_single_lane_where_others_are()
    {
        var row = LaneRow.Empty.Lease(Grid, "a", 4, isBusy: false, Start).Lease(Grid, "b", 4, isBusy: false, Start);

        Assert.Single(row.Owned("b", Start));
        Assert.Empty(row.Waiting);
    }

    [Fact]
    public void Who_comes_later_waits_for_the_lease_and_then_gets_a_fair_share()
    {
        var row = LaneRow.Empty.Lease(Grid, "a", 8, isBusy: true, Start);
        row = row.Lease(Grid, "b", 8, isBusy: true, Start.AddSeconds(1));
        Assert.Empty(row.Owned("b", Start.AddSeconds(1)));
        Assert.Equal(Start.AddSeconds(10), row.NextFree("b", Start.AddSeconds(1)));

        // The first renews: somebody waits, so it keeps its half.
        row = row.Lease(Grid, "a", 8, isBusy: true, Start.AddSeconds(9));
        row = row.Lease(Grid, "b", 8, isBusy: true, Start.AddSeconds(10));

        Assert.Equal(4, row.Owned("a", Start.AddSeconds(10)).Count);
        Assert.Equal(4, row.Owned("b", Start.AddSeconds(10)).Count);
    }

    [Fact]
    public void What_ends_gives_its_lanes_back()
    {
        var row = LaneRow.Empty.Lease(Grid, "a", 8, isBusy: true, Start).Without("a").Lease(Grid, "b", 8, isBusy: true, Start);

        Assert.Equal(8, row.Owned("b", Start).Count);
    }

    [Fact]
    public void No_lane_ever_has_two_owners_and_everybody_who_asks_gets_one_in_time()
    {
        // Some instances ask at random moments; each asks again within half a minute.
        Gen.Select(Gen.Int[2, 8], Gen.Int[1, 20], Gen.Int[0, 1_000_000]).Sample((instances, rate, seed) =>
        {
            var random = new Random(seed);
            var grid = LaneGrid.Of(rate);
            var (row, now) = (LaneRow.Empty, Start);
            var last = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            var ends = new Dictionary<(int Lane, string Owner), DateTimeOffset>();
            for (var step = 0; step < 400; step++)
            {
                now = now.AddMilliseconds(random.Next(1, 2_000));
                var who = $"i{random.Next(instances)}";
                row = row.Lease(grid, who, random.Next(1, grid.Lanes + 1), random.Next(4) > 0, now);
                foreach (var lease in row.Leases)
                {
                    // Others' leases are as they were: nobody's time is cut short.
                    Assert.DoesNotContain(ends, other => other.Key.Lane == lease.Lane && other.Key.Owner != lease.Owner && other.Value > now);
                    ends[(lease.Lane, lease.Owner)] = lease.Until;
                }

                foreach (var gone in ends.Keys.Where(key => key.Owner == who && !row.Leases.Exists(l => (l.Lane, l.Owner) == key)).ToList())
                {
                    ends.Remove(gone);
                }

                Assert.Equal(row.Leases.Count, row.Leases.Select(l => l.Lane).Distinct().Count());
                if (row.Owned(who, now).Count > 0)
                {
                    last[who] = now;
                }
            }

            Assert.True(grid.Lanes < instances || last.Count == instances, $"Only {last.Count} of {instances} instances ever got a lane of {grid.Lanes}.");
        }, iter: 200);
    }

    [Fact]
    public void Calls_of_all_lanes_are_spread_evenly()
    {
        var times = Enumerable.Range(0, 8).Select(lane => Grid.Next([lane], Start)).Order().ToList();

        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(125, (pair.Second - pair.First).TotalMilliseconds, 1.0));
    }
}
