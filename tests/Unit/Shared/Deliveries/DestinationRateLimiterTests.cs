using Microsoft.Extensions.Time.Testing;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

public sealed class DestinationRateLimiterTests
{
    private readonly FakeTimeProvider _time = new(Some.Now);

    [Fact]
    public async Task The_first_goes_at_once_and_the_rest_come_back_in_turn()
    {
        var limiter = new DestinationRateLimiter(_time);

        Assert.Null(await limiter.AcquireAsync("bot", 0.5, CancellationToken.None));
        var second = limiter.AcquireAsync("bot", 0.5, CancellationToken.None).AsTask();
        var third = await limiter.AcquireAsync("bot", 0.5, CancellationToken.None);
        var fourth = await limiter.AcquireAsync("bot", 0.5, CancellationToken.None);

        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await second);
        Assert.Equal(Some.Now.AddSeconds(6), third);
        Assert.Equal(Some.Now.AddSeconds(8), fourth);
    }

    [Fact]
    public async Task Each_account_has_a_line_of_its_own()
    {
        var limiter = new DestinationRateLimiter(_time);

        Assert.Null(await limiter.AcquireAsync("a", 0.01, CancellationToken.None));
        Assert.Null(await limiter.AcquireAsync("b", 0.01, CancellationToken.None));
        Assert.NotNull(await limiter.AcquireAsync("a", 0.01, CancellationToken.None));
    }
}
