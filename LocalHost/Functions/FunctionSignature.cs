using System.Reflection;
using System.Runtime.CompilerServices;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace UonOfferum.LocalHost.Functions;

/// <summary>What the worker accepts of a function's method; anything else would fail only once deployed.</summary>
internal static class FunctionSignature
{
    /// <summary>The first thing wrong with the method, in words; null when the worker takes it.</summary>
    public static string? Problem(MethodInfo method, out ParameterInfo trigger)
    {
        var triggers = method.GetParameters().Where(IsTrigger).ToArray();
        trigger = triggers.FirstOrDefault()!;
        if (triggers.Length != 1)
        {
            return $"needs exactly one trigger parameter and has {triggers.Length}";
        }

        return MethodProblem(method) ?? TriggerProblem(trigger) ?? ReturnProblem(method, trigger) ?? ParameterProblem(method, trigger);
    }

    private static bool IsTrigger(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(HttpTriggerAttribute))
        || parameter.IsDefined(typeof(QueueTriggerAttribute))
        || parameter.IsDefined(typeof(TimerTriggerAttribute));

    private static string? MethodProblem(MethodInfo method) => method switch
    {
        _ when method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)) =>
            "is async void: its failures would be lost and its message deleted. Return Task",
        { IsPublic: false } or { IsGenericMethodDefinition: true } => "must be a public method without type parameters",
        { DeclaringType.IsVisible: false } or { IsStatic: false, DeclaringType.IsAbstract: true } => "must be in a public class that can be made",
        _ => null,
    };

    private static string? TriggerProblem(ParameterInfo trigger)
    {
        var (attribute, expected) = trigger switch
        {
            _ when trigger.IsDefined(typeof(HttpTriggerAttribute)) => ("HttpTrigger", typeof(HttpRequest)),
            _ when trigger.IsDefined(typeof(QueueTriggerAttribute)) => ("QueueTrigger", typeof(QueueMessage)),
            _ => ("TimerTrigger", typeof(TimerInfo)),
        };
        return trigger.ParameterType == expected ? null : $"binds [{attribute}] to {trigger.ParameterType.Name}; take {expected.Name}";
    }

    private static string? ReturnProblem(MethodInfo method, ParameterInfo trigger)
    {
        var answers = method.ReturnType == typeof(Task<IResult>) || method.ReturnType == typeof(IResult);
        return trigger.IsDefined(typeof(HttpTriggerAttribute))
            ? answers || method.ReturnType == typeof(Task) ? null : $"returns {method.ReturnType.Name}; return Task<IResult>"
            : method.ReturnType == typeof(Task) ? null : $"returns {method.ReturnType.Name}; return Task";
    }

    private static string? ParameterProblem(MethodInfo method, ParameterInfo trigger)
    {
        var route = trigger.GetCustomAttribute<HttpTriggerAttribute>()?.Route;
        var names = route is null ? [] : RoutePatternFactory.Parse(route).Parameters.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        // By place: two hosts that start at once may be given different objects for the same parameter.
        foreach (var parameter in method.GetParameters().Where(p => p.Position != trigger.Position && p.ParameterType != typeof(CancellationToken)))
        {
            if (parameter.ParameterType != typeof(string) && parameter.ParameterType != typeof(long))
            {
                return $"takes {parameter.ParameterType.Name} {parameter.Name}; only route values (string, long) and a CancellationToken are bound";
            }

            if (!names.Contains(parameter.Name!))
            {
                return $"takes '{parameter.Name}', which its route does not have";
            }
        }

        return null;
    }
}
