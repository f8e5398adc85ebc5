using UonOfferum.LocalHost.Queues;

namespace UonOfferum.Tests.Unit.LocalHost;

public sealed class PollingDelayTests
{
    [Fact]
    public void Pauses_double_from_100_ms_up_to_the_maximum()
    {
        var delay = new PollingDelay(TimeSpan.FromSeconds(2), new Middle());

        Assert.Equal([100, 200, 400, 800, 1600, 2000, 2000], Enumerable.Range(0, 7).Select(_ => delay.Next().TotalMilliseconds));
    }

    [Fact]
    public void A_message_begins_them_anew()
    {
        var delay = new PollingDelay(TimeSpan.FromSeconds(2), new Middle());
        delay.Next();
        delay.Next();

        delay.Reset();

        Assert.Equal(TimeSpan.FromMilliseconds(100), delay.Next());
    }

    [Fact]
    public void Chance_moves_a_pause_by_no_more_than_a_fifth()
    {
        var random = new Random(1);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(new PollingDelay(TimeSpan.FromSeconds(2), random).Next().TotalMilliseconds, 80, 120));
    }

    private sealed class Middle : Random
    {
        public override double NextDouble() => 0.5;
    }
}
