using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace UonOfferum.Tests.Unit.Architecture;

/// <param name="Name">As the platform knows it.</param>
/// <param name="Type">Its class.</param>
/// <param name="Trigger">Of HTTP, a queue or a timer.</param>
internal sealed record AppFunction(string Name, Type Type, Attribute Trigger);

/// <summary>Every function of the app, by the worker's attributes.</summary>
internal static class AppFunctions
{
    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<AppFunction> All { get; } =
    [
        .. from type in typeof(UonOfferumApp).Assembly.GetTypes()
           from method in type.GetMethods(Any)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           let trigger = method.GetParameters().SelectMany(p => p.GetCustomAttributes()).Single(a => a is HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute)
           select new AppFunction(function.Name, type, trigger),
    ];

    public static IEnumerable<HttpTriggerAttribute> Http => All.Select(f => f.Trigger).OfType<HttpTriggerAttribute>();

    public static IEnumerable<string> Queues => All.Select(f => f.Trigger).OfType<QueueTriggerAttribute>().Select(q => q.QueueName);
}
