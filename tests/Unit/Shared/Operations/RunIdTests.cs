using CsCheck;
using Microsoft.Extensions.Time.Testing;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Operations;

public sealed class RunIdTests
{
    [Fact]
    public void Runs_sort_by_the_time_they_began() =>
        Gen.Select(Gen.Long[0, 3_000_000_000_000], Gen.Long[1, 3_000_000_000]).Sample((milliseconds, later) =>
        {
            var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
            var first = RunId.New(time);
            time.Advance(TimeSpan.FromMilliseconds(later));
            var second = RunId.New(time);

            Assert.True(RunId.Compare(first, second) < 0, $"{first} {second}");
            Assert.True(RunId.Compare(second, first) > 0);
            Assert.Equal(0, RunId.Compare(first, first));
            Assert.True(RunId.IsValid(first));
        });

    [Fact]
    public void Two_runs_of_one_moment_differ()
    {
        var time = new FakeTimeProvider(Some.Now);

        Assert.NotEqual(RunId.New(time), RunId.New(time));
    }

    [Fact]
    public void A_run_takes_over_from_the_one_in_force_whatever_the_clocks_say() =>
        Gen.Long[-3_600_000, 3_600_000].Sample(ahead =>
        {
            var inForce = RunId.New(new FakeTimeProvider(Some.Now.AddMilliseconds(ahead)));

            var run = RunId.New(new FakeTimeProvider(Some.Now), after: inForce);

            Assert.True(RunId.Compare(run, inForce) > 0, $"{inForce} {run}");
            Assert.True(RunId.IsValid(run));
            Assert.NotEqual(run, RunId.New(new FakeTimeProvider(Some.Now), after: inForce));
        });

    [Fact]
    public void A_run_begins_now_where_the_clocks_agree()
    {
        var time = new FakeTimeProvider(Some.Now);
        var before = RunId.New(time);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(RunId.New(time)[..13], RunId.New(time, after: before)[..13]);
    }

    [Fact]
    public void A_run_that_counts_further_than_there_are_dates_is_still_replaced()
    {
        const string foreign = "ffffffff-ffff-4fff-bfff-ffffffffffff";

        Assert.True(RunId.BeganAt(foreign) > Some.Now);
        Assert.True(RunId.IsValid(RunId.New(new FakeTimeProvider(Some.Now), after: foreign)));
    }

    [Theory]
    [InlineData(Some.Run, true)]
    [InlineData("0195000A-0000-7000-8000-000000000002", false)]
    [InlineData("{01950000-0000-7000-8000-000000000002}", false)]
    [InlineData("01950000000070008000000000000002", false)]
    [InlineData("yesterday", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_run_has_the_one_form_in_which_runs_compare(string? text, bool expected) => Assert.Equal(expected, RunId.IsValid(text));
}
