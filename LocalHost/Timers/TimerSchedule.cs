using Cronos;

namespace UonOfferum.LocalHost.Timers;

/// <summary>A six-field NCRONTAB schedule in UTC.</summary>
internal sealed class TimerSchedule
{
    private readonly CronExpression _expression;

    /// <exception cref="LocalHostException">The schedule cannot be parsed.</exception>
    public TimerSchedule(string function, string text)
    {
        try
        {
            _expression = CronExpression.Parse(text, CronFormat.IncludeSeconds);
        }
        catch (CronFormatException exception)
        {
            throw new LocalHostException(
                $"{function} has the schedule '{text}', which cannot be read: {exception.Message} Write second minute hour day month weekday.", exception);
        }
    }

    /// <summary>Null for a date that never comes.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _expression.GetNextOccurrence(after, TimeZoneInfo.Utc);

    /// <summary>Whether a run was due while no host was running; false if no earlier run is recorded.</summary>
    public bool IsPastDue(DateTimeOffset? last, DateTimeOffset now) => last is { } then && Next(then) < now;

    /// <summary>Whether two consecutive runs are less than this apart.</summary>
    public bool RunsWithin(TimeSpan span, DateTimeOffset now) => Next(now) is { } first && Next(first) - first < span;
}
