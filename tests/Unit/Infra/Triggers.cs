using System.Reflection;
using Cronos;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Tests.Unit.Architecture;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>What the attributes of the app's functions say, read without any host.</summary>
internal static class Triggers
{
    public static readonly DateTimeOffset MonthStart = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<string> Queues { get; } = [.. Values("QueueTriggerAttribute", "QueueName").Order(StringComparer.Ordinal)];

    /// <summary>Names of the functions that a queue triggers.</summary>
    public static IReadOnlyList<string> QueueFunctions { get; } =
    [
        .. AppFunctions.All.Where(f => f.Trigger is QueueTriggerAttribute).Select(f => f.Name).Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Timers { get; } = [.. Values("TimerTriggerAttribute", "Schedule")];

    /// <summary>How often all timers together run in a month of 30 days.</summary>
    public static int TimerRunsOfAMonth => Timers.Sum(schedule =>
        CronExpression.Parse(schedule, CronFormat.IncludeSeconds).GetOccurrences(MonthStart, MonthStart.AddDays(30), TimeZoneInfo.Utc).Count());

    private static IEnumerable<string> Values(string attribute, string property) =>
        from type in typeof(UonOfferumApp).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        from parameter in method.GetParameters()
        from found in parameter.GetCustomAttributes()
        where found.GetType().Name == attribute
        select (string)found.GetType().GetProperty(property)!.GetValue(found)!;
}
