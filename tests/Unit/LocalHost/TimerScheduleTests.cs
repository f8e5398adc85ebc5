using UonOfferum.LocalHost;
using UonOfferum.LocalHost.Timers;

namespace UonOfferum.Tests.Unit.LocalHost;

public sealed class TimerScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 2, 0, TimeSpan.Zero);

    [Fact]
    public void The_six_fields_are_read_in_UTC()
    {
        Assert.Equal(Now.AddMinutes(3), new TimerSchedule("F", "0 */5 * * * *").Next(Now));
        Assert.Equal(new DateTimeOffset(2026, 5, 2, 3, 30, 0, TimeSpan.Zero), new TimerSchedule("F", "0 30 3 * * *").Next(Now.ToOffset(TimeSpan.FromHours(3))));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(-1, false)]
    [InlineData(-7, true)]
    public void A_run_is_past_due_when_one_was_missed_since_the_last(int? minutesAgo, bool pastDue) =>
        Assert.Equal(pastDue, new TimerSchedule("F", "0 */5 * * * *").IsPastDue(minutesAgo is { } m ? Now.AddMinutes(m) : null, Now));

    [Fact]
    public void A_schedule_of_seconds_is_known_as_frequent()
    {
        Assert.True(new TimerSchedule("F", "*/10 * * * * *").RunsWithin(TimeSpan.FromMinutes(1), Now));
        Assert.False(new TimerSchedule("F", "0 * * * * *").RunsWithin(TimeSpan.FromMinutes(1), Now));
    }

    [Fact]
    public void A_schedule_that_cannot_be_read_names_the_function() =>
        Assert.StartsWith("Sweep has the schedule '*/5 * * * *'", Assert.Throws<LocalHostException>(() => new TimerSchedule("Sweep", "*/5 * * * *")).Message);
}
