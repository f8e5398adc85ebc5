using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Uon;

public sealed class UonRateLimiterTests
{
    /// <summary>The limiter's clock is the machine's, so a slow test must not live to see the next permit: here it takes hours.</summary>
    private const double Never = 0.0001;

    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(15.5)]
    [InlineData(70)]
    [InlineData(100)]
    public void No_second_sees_more_than_the_rate_and_two(double rate)
    {
        var options = UonRateLimiter.OptionsFor(rate);

        // A bucket lets through what it holds at the start of a second, and what flows in during it.
        var inflow = options.TokensPerPeriod / options.ReplenishmentPeriod.TotalSeconds;
        Assert.InRange(options.TokenLimit + inflow, 1, rate + 2);
        Assert.InRange(inflow, rate * 0.9, rate);
    }

    [Theory]
    [InlineData(150)]
    [InlineData(1_000)]
    [InlineData(33_333)]
    [InlineData(100_000)]
    public void A_test_server_may_be_asked_fast(double rate)
    {
        var options = UonRateLimiter.OptionsFor(rate);

        Assert.InRange(options.TokensPerPeriod / options.ReplenishmentPeriod.TotalSeconds, rate * 0.9, rate);
        Assert.InRange(options.ReplenishmentPeriod.TotalMilliseconds, 10, 20);
    }

    [Fact]
    public async Task The_calls_of_one_key_wait_for_each_other_but_for_no_other_key()
    {
        using var limiter = new UonRateLimiter();
        using var stop = new CancellationTokenSource();
        var slow = TestUonSettings.For(Nowhere, "key-a") with { RequestsPerSecond = Never };

        Assert.True(await limiter.WaitAsync(slow, stop.Token));
        Assert.True(await limiter.WaitAsync(slow, stop.Token));
        var third = limiter.WaitAsync(slow, stop.Token).AsTask();
        Assert.True(await limiter.WaitAsync(slow with { ApiKey = "key-b" }, stop.Token));

        Assert.False(third.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
    }

    [Fact]
    public async Task Whoever_comes_when_too_many_wait_is_sent_away()
    {
        using var limiter = new UonRateLimiter();
        using var stop = new CancellationTokenSource();
        var slow = TestUonSettings.For(Nowhere, "key-a") with { RequestsPerSecond = Never };
        var calls = Enumerable.Range(0, UonRateLimiter.MaxWaiting + 2).Select(_ => limiter.WaitAsync(slow, stop.Token).AsTask()).ToList();

        Assert.False(await limiter.WaitAsync(slow, stop.Token));

        await stop.CancelAsync();
        Assert.Equal(2, calls.Count(call => call.IsCompletedSuccessfully));
    }
}
