using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.CircuitBreakers;

public sealed class FailureWindowTests
{
    private readonly FailureWindow _window = new();
    private DateTimeOffset _now = Some.Now;

    [Fact]
    public void Five_failing_leads_in_a_row_are_no_outage() =>
        Assert.All(Enumerable.Range(1, 5), id => Assert.False(Fails(id)));

    [Fact]
    public void An_outage_is_most_of_enough_operations()
    {
        Assert.All(Enumerable.Range(1, FailureWindow.MinimumThroughput - 1), id => Assert.False(Fails(id)));

        Assert.True(Fails(FailureWindow.MinimumThroughput));
    }

    [Fact]
    public void A_system_that_takes_every_second_order_is_left_alone()
    {
        for (var id = 1; id <= 100; id += 2)
        {
            _window.Succeeded(Id(id), _now);
            Assert.False(Fails(id + 1));
        }
    }

    [Fact]
    public void One_lead_that_keeps_failing_counts_once() =>
        Assert.All(Enumerable.Range(1, 100), _ => Assert.False(Fails(1)));

    [Fact]
    public void A_lead_that_was_taken_at_last_counts_as_taken()
    {
        for (var id = 1; id <= 9; id++)
        {
            Assert.False(Fails(id));
        }

        for (var id = 1; id <= 5; id++)
        {
            _window.Succeeded(Id(id), _now);
        }

        Assert.False(Fails(10));
    }

    [Fact]
    public void What_is_older_than_the_sampling_duration_does_not_count()
    {
        for (var id = 1; id <= 9; id++)
        {
            Assert.False(Fails(id));
        }

        _now += FailureWindow.SamplingDuration + TimeSpan.FromSeconds(1);
        _window.Succeeded(Id(20), _now);

        Assert.False(Fails(10));
    }

    [Fact]
    public void In_a_quiet_pipeline_nothing_good_for_long_is_an_outage()
    {
        for (var id = 1; id <= FailureWindow.QuietOperations - 1; id++)
        {
            Assert.False(Fails(id));
            _now += TimeSpan.FromMinutes(3);
        }

        Assert.True(Fails(FailureWindow.QuietOperations));
    }

    [Fact]
    public void One_good_answer_begins_the_quiet_time_anew()
    {
        for (var id = 1; id <= FailureWindow.QuietOperations - 1; id++)
        {
            Assert.False(Fails(id));
            _now += TimeSpan.FromMinutes(3);
        }

        _window.Succeeded(Id(100), _now);

        Assert.False(Fails(FailureWindow.QuietOperations));
    }

    [Fact]
    public void After_an_outage_the_window_begins_anew()
    {
        Assert.True(Enumerable.Range(1, FailureWindow.MinimumThroughput).Select(Fails).ToList()[^1]);

        Assert.False(Fails(FailureWindow.MinimumThroughput + 1));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Six_of_ten_are_an_outage_and_five_are_not(int taken, bool isOut)
    {
        for (var id = 1; id <= taken; id++)
        {
            _window.Succeeded(Id(id), _now);
        }

        for (var id = taken + 1; id < FailureWindow.MinimumThroughput; id++)
        {
            Assert.False(Fails(id));
        }

        Assert.Equal(isOut, Fails(FailureWindow.MinimumThroughput));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void An_answer_counts_until_the_sampling_duration_is_over(int late, bool isOut)
    {
        for (var id = 1; id < FailureWindow.MinimumThroughput; id++)
        {
            Assert.False(Fails(id));
        }

        _now += FailureWindow.SamplingDuration + TimeSpan.FromSeconds(late);

        Assert.Equal(isOut, Fails(FailureWindow.MinimumThroughput));
    }

    [Fact]
    public void A_later_answer_of_the_same_lead_outlives_its_first()
    {
        Assert.False(Fails(1));
        _now += FailureWindow.SamplingDuration;
        for (var id = 1; id < FailureWindow.MinimumThroughput; id++)
        {
            Assert.False(Fails(id));
        }

        _now += TimeSpan.FromSeconds(1);

        Assert.True(Fails(FailureWindow.MinimumThroughput));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void The_quiet_time_is_over_after_ten_minutes(int early, bool isOut)
    {
        for (var id = 1; id < FailureWindow.QuietOperations; id++)
        {
            Assert.False(Fails(id));
        }

        _now += FailureWindow.QuietDuration - TimeSpan.FromSeconds(early);

        Assert.Equal(isOut, Fails(FailureWindow.QuietOperations));
    }

    [Fact]
    public void After_an_outage_the_quiet_time_begins_anew()
    {
        Assert.True(Enumerable.Range(1, FailureWindow.MinimumThroughput).Select(Fails).ToList()[^1]);

        _now += FailureWindow.QuietDuration;

        Assert.All(Enumerable.Range(20, FailureWindow.QuietOperations), id => Assert.False(Fails(id)));
    }

    private bool Fails(int id) => _window.Failed(Id(id), _now);

    private static OperationId Id(int id) => new("main", RecordKind.Lead, id);
}
