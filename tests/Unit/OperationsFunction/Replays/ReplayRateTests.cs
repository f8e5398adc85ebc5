using UonOfferum.OperationsFunction.Replays;

namespace UonOfferum.Tests.Unit.OperationsFunction.Replays;

public sealed class ReplayRateTests
{
    private static readonly Pace Begun = new(Some.Now, 0);

    [Theory]
    [InlineData(0, 3)]
    [InlineData(30, 3 + 9)]
    [InlineData(60, 3 + 33)]
    public void It_starts_slowly(int seconds, int allowed) =>
        Assert.Equal((allowed, Begun), ReplayRate.Next(Begun, 0, 60, Some.Now.AddSeconds(seconds)));

    [Fact]
    public void A_run_that_keeps_up_keeps_its_pace()
    {
        var (pace, started) = (Begun, 0);
        for (var tick = 0; tick <= 20; tick++)
        {
            (var allowed, pace) = ReplayRate.Next(pace, started, 60, Some.Now.AddSeconds(30 * tick));
            started += allowed;
        }

        Assert.Equal(Begun, pace);
        Assert.Equal(3 + 33 + 9 * 60, started);
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(6_000, 100)]
    [InlineData(1, 10)]
    public void After_a_long_pause_it_makes_up_for_a_minute(int perMinute, int started)
    {
        var now = Some.Now.AddDays(200);

        var (allowed, pace) = ReplayRate.Next(Begun, started, perMinute, now);

        Assert.Equal(3 + perMinute, allowed);
        Assert.InRange(ReplayRate.Next(pace, started + allowed, perMinute, now).Allowed, 0, 1);
        Assert.InRange(ReplayRate.Next(pace, started + allowed, perMinute, now.AddMinutes(1)).Allowed, perMinute, perMinute + 1);
    }

    [Fact]
    public void A_run_that_gets_its_turn_after_minutes_sends_a_minutes_worth()
    {
        var (pace, started) = (Begun, 0);
        for (var turn = 1; turn <= 10; turn++)
        {
            (var allowed, pace) = ReplayRate.Next(pace, started, 60, Some.Now.AddMinutes(3 * turn));
            started += allowed;
        }

        Assert.Equal(10 * 63, started, tolerance: 10);
    }

    [Fact]
    public void A_pause_of_less_than_a_minute_is_caught_up() =>
        Assert.Equal((43, Begun), ReplayRate.Next(Begun, 53, 60, Some.Now.AddSeconds(120.5)));
}
