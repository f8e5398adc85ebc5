using CsCheck;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Tests.Unit.Shared.Deliveries;

public sealed class RetryDelaysTests
{
    private static readonly TimeSpan[] Delays = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2), TimeSpan.FromHours(3)];

    [Theory]
    [InlineData(0, "00:00:05")]
    [InlineData(1, "00:02:00")]
    [InlineData(2, "03:00:00")]
    public void Each_failure_waits_for_its_own_delay(int failures, string expected) =>
        Assert.Equal(expected, RetryDelays.Next(Delays, failures, retryAfter: null, random: 0)?.ToString("c"));

    [Fact]
    public void When_the_delays_are_used_up_there_is_no_next_try()
    {
        Assert.Null(RetryDelays.Next(Delays, 3, TimeSpan.FromSeconds(1), 0));
        Assert.Null(RetryDelays.Next([], 0, null, 0));
    }

    [Theory]
    [InlineData("00:00:03", "00:00:05")]
    [InlineData("00:00:07", "00:00:07")]
    [InlineData("01:00:00", "01:00:00")]
    [InlineData("05:00:00", "01:00:00")]
    [InlineData("-00:01:00", "00:00:05")]
    public void Retry_After_is_honoured_when_it_is_longer_and_capped_at_an_hour(string asked, string expected) =>
        Assert.Equal(expected, RetryDelays.Next(Delays, 0, TimeSpan.Parse(asked), 0)?.ToString("c"));

    [Fact]
    public void A_configured_delay_may_be_longer_than_the_cap_of_Retry_After() =>
        Assert.Equal(TimeSpan.FromHours(3), RetryDelays.Next(Delays, 2, TimeSpan.FromDays(9), 0));

    [Theory]
    [InlineData("00:00:10", "00:00:10")]
    [InlineData("01:00:00", "00:12:00")]
    public void Leads_that_wait_together_come_one_after_the_other(string wait, string longest)
    {
        Assert.Equal(TimeSpan.Zero, RetryDelays.Spread(TimeSpan.Parse(wait), random: 0));
        Assert.Equal(TimeSpan.Parse(longest), RetryDelays.Spread(TimeSpan.Parse(wait), random: 1));
    }

    [Fact]
    public void Jitter_only_stretches_and_by_a_fifth_at_most() =>
        Gen.Select(Gen.Int[0, 2], Gen.Double[0, 1]).Sample((failures, random) =>
        {
            var delay = RetryDelays.Next(Delays, failures, null, random);

            Assert.InRange(delay!.Value, Delays[failures], Delays[failures] * 1.2);
        });
}
