using System.Reflection;
using Azure.Storage.Queues.Models;
using Cronos;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace UonOfferum.Tests.Simulation.Host;

/// <summary>One function of the app, as the platform finds it: by its attributes.</summary>
public sealed class AppFunction
{
    private readonly MethodInfo _method;

    public AppFunction(MethodInfo method, string name)
    {
        (_method, Name) = (method, name);
        Make = ActivatorUtilities.CreateFactory(method.DeclaringType!, []);
        foreach (var attribute in method.GetParameters().SelectMany(p => p.GetCustomAttributes()))
        {
            Queue = (attribute as QueueTriggerAttribute)?.QueueName ?? Queue;
            Schedule = attribute is TimerTriggerAttribute timer ? Parse(timer.Schedule) : Schedule;
        }
    }

    public string Name { get; }

    public Type Type => _method.DeclaringType!;

    public ObjectFactory Make { get; }

    /// <summary>Null: not a queue function.</summary>
    public string? Queue { get; }

    /// <summary>Null: not a timer function.</summary>
    public CronExpression? Schedule { get; }

    public Task CallAsync(object instance, QueueMessage message) => InvokeAsync(instance, p => p == typeof(QueueMessage) ? message : null, _ => null);

    public Task CallAsync(object instance) => InvokeAsync(instance, p => p == typeof(TimerInfo) ? new TimerInfo() : null, _ => null);

    public Task<IResult> CallAsync(object instance, HttpRequest request, IReadOnlyDictionary<string, string> route) =>
        (Task<IResult>)InvokeAsync(instance, p => p == typeof(HttpRequest) ? request : null, route.GetValueOrDefault);

    private Task InvokeAsync(object instance, Func<Type, object?> byType, Func<string, string?> byName)
    {
        var arguments = Array.ConvertAll(_method.GetParameters(), p =>
            p.ParameterType == typeof(CancellationToken) ? CancellationToken.None
            : byType(p.ParameterType) ?? (byName(p.Name!) is { } text ? Convert.ChangeType(text, p.ParameterType, System.Globalization.CultureInfo.InvariantCulture) : null));
        return _method.Invoke(instance, arguments) switch
        {
            Task task => task,
            IResult result => Task.FromResult(result),
            var other => throw new NotSupportedException($"{Name} returns {other?.GetType().Name ?? "nothing"}, which the simulated platform does not await."),
        };
    }

    /// <summary>A schedule that is not a cron expression runs once a minute.</summary>
    private static CronExpression Parse(string schedule) =>
        CronExpression.TryParse(schedule, CronFormat.IncludeSeconds, out var cron) ? cron : CronExpression.EveryMinute;
}

/// <summary>The functions of the app; a new function is simulated automatically.</summary>
public static class FunctionTable
{
    private static readonly IReadOnlyList<AppFunction> All =
    [
        .. typeof(UonOfferumApp).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(m => (Method: m, Function: m.GetCustomAttribute<FunctionAttribute>()))
            .Where(f => f.Function is not null)
            .Select(f => new AppFunction(f.Method, f.Function!.Name))
            .OrderBy(f => f.Name, StringComparer.Ordinal),
    ];

    private static readonly Dictionary<string, AppFunction> Named = All.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, AppFunction> ByQueue { get; } =
        All.Where(f => f.Queue is not null).ToDictionary(f => f.Queue!, StringComparer.Ordinal);

    public static IReadOnlyList<AppFunction> Timers { get; } = [.. All.Where(f => f.Schedule is not null)];

    public static AppFunction Find(string name) => Named[name];
}
