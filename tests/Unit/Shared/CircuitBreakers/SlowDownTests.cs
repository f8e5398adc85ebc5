using Microsoft.Extensions.Time.Testing;
using UonOfferum.Shared.CircuitBreakers;

namespace UonOfferum.Tests.Unit.Shared.CircuitBreakers;

public sealed class SlowDownTests
{
    private readonly FakeTimeProvider _time = new(Some.Now);
    private readonly SlowDown _slow;

    public SlowDownTests() => _slow = new SlowDown(_time);

    [Fact]
    public void Without_a_word_of_the_system_each_429_doubles_the_wait()
    {
        Assert.Equal(
            [1, 2, 4, 8, 16, 32, 60, 60],
            Enumerable.Range(1, 8).Select(_ =>
            {
                _slow.Throttled("main", "offerum", retryAfter: null);
                var wait = _slow.Until("main", "offerum")!.Value - _time.GetUtcNow();
                _time.Advance(wait);
                return (int)wait.TotalSeconds;
            }));
    }

    [Theory]
    [InlineData(90, 90)]
    [InlineData(0, 1)]
    [InlineData(7200, 3600)]
    public void A_retry_after_is_honoured_up_to_an_hour(int asked, int expected)
    {
        _slow.Throttled("main", "offerum", TimeSpan.FromSeconds(asked));

        Assert.Equal(_time.GetUtcNow().AddSeconds(expected), _slow.Until("main", "offerum"));
    }

    [Fact]
    public void Refusals_of_orders_that_were_under_way_together_count_as_one()
    {
        for (var i = 0; i < 10; i++)
        {
            _slow.Throttled("main", "offerum", retryAfter: null);
        }

        Assert.Equal(_time.GetUtcNow().AddSeconds(1), _slow.Until("main", "offerum"));
    }

    [Fact]
    public void A_good_answer_ends_it_and_nobody_else_is_slowed_down()
    {
        _slow.Throttled("main", "offerum", retryAfter: null);
        Assert.Null(_slow.Until("main", "http"));
        Assert.Null(_slow.Until("second", "offerum"));

        _slow.Answered("main", "offerum");

        Assert.Null(_slow.Until("main", "offerum"));
    }
}
