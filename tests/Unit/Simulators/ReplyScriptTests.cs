using UonOfferum.Simulators;

namespace UonOfferum.Tests.Unit.Simulators;

public sealed class ReplyScriptTests
{
    private readonly ReplyScript<DayOfWeek> _script = new();

    [Fact]
    public void Nothing_programmed_is_nothing_given() => Assert.Null(_script.Take());

    [Fact]
    public void Counted_replies_come_in_order_and_then_end()
    {
        _script.Set(DayOfWeek.Monday, Repeat.Times(2)).Next(DayOfWeek.Tuesday, DayOfWeek.Friday);

        Assert.Equal(
            [DayOfWeek.Monday, DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Friday, null],
            Enumerable.Range(0, 5).Select(_ => _script.Take()));
    }

    [Fact]
    public void A_standing_reply_waits_behind_the_counted_ones_and_ends_when_cleared()
    {
        _script.Set(DayOfWeek.Sunday).Set(DayOfWeek.Monday, Repeat.Once);

        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Sunday, DayOfWeek.Sunday], Enumerable.Range(0, 3).Select(_ => _script.Take()));
        _script.Clear();
        Assert.Null(_script.Take());
    }

    [Fact]
    public void A_reply_for_ever_survives_clearing()
    {
        _script.Set(DayOfWeek.Saturday, Repeat.ForEver).Set(DayOfWeek.Sunday);

        _script.Clear();

        Assert.Equal(DayOfWeek.Saturday, _script.Take());
    }

    [Fact]
    public void A_reply_given_once_is_given_once_to_many_takers()
    {
        _script.Set(DayOfWeek.Monday, Repeat.Times(10));
        var given = 0;

        Parallel.For(0, 100, _ =>
        {
            if (_script.Take() is not null)
            {
                Interlocked.Increment(ref given);
            }
        });

        Assert.Equal(10, given);
    }

    [Fact]
    public void A_reply_cannot_be_given_no_times() => Assert.Throws<ArgumentOutOfRangeException>(() => Repeat.Times(0));
}
