using UonOfferum.Shared.Jobs;

namespace UonOfferum.Tests.Unit.Shared.Jobs;

public sealed class JobScheduleTests
{
    [Theory]
    [InlineData(30, 0, "12:00:00", "12:00:30")]
    [InlineData(30, 0, "12:00:29.9", "12:00:30")]
    [InlineData(900, 0, "12:14:00", "12:15:00")]
    [InlineData(3600, 2400, "12:39:59", "12:40:00")]
    [InlineData(3600, 2400, "12:40:00", "13:40:00")]
    [InlineData(86400, 18000, "05:00:00", "1.05:00:00")]
    [InlineData(86400, 18000, "04:59:59", "05:00:00")]
    public void The_next_run_is_the_first_one_of_the_day_s_rhythm_after_that_moment(int every, int offset, string after, string next)
    {
        var schedule = new JobSchedule(TimeSpan.FromSeconds(every), TimeSpan.FromSeconds(offset));

        Assert.Equal(At(next), schedule.Next(At(after)));
    }

    [Fact]
    public void A_timer_that_fires_a_moment_early_still_runs_what_is_due()
    {
        var schedule = JobSchedule.Minutes(5);

        Assert.True(schedule.IsDue(At("12:00:00.1"), At("12:04:59.2")));
        Assert.False(schedule.IsDue(At("12:00:00.1"), At("12:04:30")));
    }

    [Fact]
    public void A_run_that_was_missed_is_due_at_once() => Assert.True(JobSchedule.Minutes(60, offset: 40).IsDue(At("12:40:00"), At("15:00:00")));

    private static DateTimeOffset At(string time) =>
        new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero) + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
