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
    public void After_a_long_pause_it_starts_slowly_again(int perMinute, int started)
    {
        var now = Some.Now.AddHours(2);

        var (allowed, pace) = ReplayRate.Next(Begun, started, perMinute, now);

        Assert.Equal((3, new Pace(now, started)), (allowed, pace));
        Assert.Equal(3 + (int)(perMinute * 0.1625), ReplayRate.Next(pace, started, perMinute, now.AddSeconds(30)).Allowed);
    }

    [Fact]
    public void A_pause_of_less_than_a_minute_is_caught_up() =>
        Assert.Equal((43, Begun), ReplayRate.Next(Begun, 53, 60, Some.Now.AddSeconds(120.5)));
}
