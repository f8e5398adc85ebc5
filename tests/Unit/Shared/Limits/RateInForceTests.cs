using UonOfferum.Shared.Limits;

namespace UonOfferum.Tests.Unit.Shared.Limits;

public sealed class RateInForceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private readonly RateInForce _rate = new();

    [Fact]
    public void The_lowest_of_several_rates_counts_whoever_comes_first()
    {
        Assert.Equal(8, _rate.Of(8, Now));
        Assert.Equal(5, _rate.Of(5, Now));
        Assert.Equal(5, _rate.Of(8, Now.AddSeconds(59)));
    }

    [Fact]
    public void A_rate_that_nobody_names_any_more_is_forgotten_after_a_minute()
    {
        _rate.Of(5, Now);
        Assert.Equal(5, _rate.Of(8, Now.AddSeconds(60)));

        Assert.Equal(8, _rate.Of(8, Now.AddSeconds(61)));
    }

    [Fact]
    public void A_rate_that_is_still_named_stays()
    {
        _rate.Of(5, Now);
        _rate.Of(5, Now.AddSeconds(50));

        Assert.Equal(5, _rate.Of(8, Now.AddSeconds(100)));
    }
}
