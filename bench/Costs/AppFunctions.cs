using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace UonOfferum.Bench.Costs;

/// <summary>The app's own functions, read from their attributes.</summary>
internal static class AppFunctions
{
    /// <summary>Functions of destinations other than Offerum, which the deployment switches off for a pipeline that has none of them (infra/modules/functions.bicep).</summary>
    public static IReadOnlyList<string> OfOtherDestinations { get; } =
        [.. All<QueueTriggerAttribute>().Where(f => f.Type.Namespace!.StartsWith("UonOfferum.Destinations.", StringComparison.Ordinal)).Select(f => f.Name)];

    /// <summary>
    /// Functions that an instance of Flex Consumption's HTTP group does not run: it starts all HTTP functions together, and every queue and timer function on instances
    /// of its own (https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#per-function-scaling).
    /// </summary>
    public static IEnumerable<string> OutsideHttpGroup => All<QueueTriggerAttribute>().Select(f => f.Name).Concat(All<TimerTriggerAttribute>().Select(f => f.Name));

    /// <summary>The queues that functions listen to, without those that are switched off.</summary>
    public static IEnumerable<string> Queues(IEnumerable<string> switchedOff) => All<QueueTriggerAttribute>().Where(f => !switchedOff.Contains(f.Name, StringComparer.Ordinal)).Select(f => f.Trigger.QueueName);

    public static IEnumerable<string> Timers() => All<TimerTriggerAttribute>().Select(f => f.Trigger.Schedule);

    private static IEnumerable<(Type Type, string Name, T Trigger)> All<T>()
        where T : Attribute =>
        from type in typeof(UonOfferumApp).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<T>()
        where function is not null && trigger is not null
        select (type, function.Name, trigger);
}
