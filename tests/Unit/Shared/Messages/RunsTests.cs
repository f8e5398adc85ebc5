using CsCheck;
using Microsoft.Extensions.Time.Testing;
using UonOfferum.Shared.Messages;

namespace UonOfferum.Tests.Unit.Shared.Messages;

public sealed class RunsTests
{
    [Fact]
    public void Runs_sort_by_the_time_they_began() =>
        Gen.Select(Gen.Long[0, 3_000_000_000_000], Gen.Long[1, 3_000_000_000]).Sample((milliseconds, later) =>
        {
            var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
            var first = Runs.New(time);
            time.Advance(TimeSpan.FromMilliseconds(later));
            var second = Runs.New(time);

            Assert.True(Runs.Compare(first, second) < 0, $"{first} {second}");
            Assert.True(Runs.Compare(second, first) > 0);
            Assert.Equal(0, Runs.Compare(first, first));
            Assert.True(Runs.IsRun(first));
        });

    [Fact]
    public void Two_runs_of_one_moment_differ()
    {
        var time = new FakeTimeProvider(Some.Now);

        Assert.NotEqual(Runs.New(time), Runs.New(time));
    }

    [Fact]
    public void A_run_takes_over_from_the_one_in_force_whatever_the_clocks_say() =>
        Gen.Long[-3_600_000, 3_600_000].Sample(ahead =>
        {
            var inForce = Runs.New(new FakeTimeProvider(Some.Now.AddMilliseconds(ahead)));

            var run = Runs.New(new FakeTimeProvider(Some.Now), after: inForce);

            Assert.True(Runs.Compare(run, inForce) > 0, $"{inForce} {run}");
            Assert.True(Runs.IsRun(run));
            Assert.NotEqual(run, Runs.New(new FakeTimeProvider(Some.Now), after: inForce));
        });

    [Fact]
    public void A_run_begins_now_where_the_clocks_agree()
    {
        var time = new FakeTimeProvider(Some.Now);
        var before = Runs.New(time);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Runs.New(time)[..13], Runs.New(time, after: before)[..13]);
    }

    [Theory]
    [InlineData(Some.Run, true)]
    [InlineData("0195000A-0000-7000-8000-000000000002", false)]
    [InlineData("{01950000-0000-7000-8000-000000000002}", false)]
    [InlineData("01950000000070008000000000000002", false)]
    [InlineData("yesterday", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_run_has_the_one_form_in_which_runs_compare(string? text, bool expected) => Assert.Equal(expected, Runs.IsRun(text));
}
