using Microsoft.Extensions.Time.Testing;
using UonOfferum.Shared.CircuitBreakers;

namespace UonOfferum.Tests.Unit.Shared.CircuitBreakers;

public sealed class HalfOpenLimiterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly HalfOpenLimiter _limiter;

    public HalfOpenLimiterTests() => _limiter = new HalfOpenLimiter(_time);

    [Fact]
    public async Task Whoever_waits_in_vain_leaves_by_the_clock_of_the_app()
    {
        using var first = await AcquireAsync();
        var second = AcquireAsync();

        _time.Advance(Patience - TimeSpan.FromSeconds(1));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await second);
    }

    [Fact]
    public async Task A_turn_that_is_given_back_goes_to_who_waited_longest()
    {
        var first = await AcquireAsync();
        var second = AcquireAsync();
        var third = AcquireAsync();

        first!.Dispose();

        using var permit = await second;
        Assert.NotNull(permit);
        Assert.False(third.IsCompleted);
    }

    [Fact]
    public async Task A_turn_given_up_is_not_lost_for_the_others()
    {
        using var stopping = new CancellationTokenSource();
        var first = await AcquireAsync();
        var cancelled = _limiter.AcquireAsync("main", "offerum", Patience, stopping.Token).AsTask();
        var third = AcquireAsync();

        await stopping.CancelAsync();
        first!.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        using var permit = await third;
        Assert.NotNull(permit);
    }

    private Task<HalfOpenLimiter.Permit?> AcquireAsync() => _limiter.AcquireAsync("main", "offerum", Patience, CancellationToken.None).AsTask();
}
