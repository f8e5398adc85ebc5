using System.Reflection;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace UonOfferum.LocalHost.Functions;

/// <summary>The functions of the app, found by the worker's attributes.</summary>
internal sealed class FunctionCatalog
{
    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private FunctionCatalog(IReadOnlyList<FunctionDefinition> functions) => All = functions;

    public IReadOnlyList<FunctionDefinition> All { get; }

    public IEnumerable<HttpFunction> Http => All.OfType<HttpFunction>();

    public IEnumerable<QueueFunction> Queues => All.OfType<QueueFunction>();

    public IEnumerable<TimerFunction> Timers => All.OfType<TimerFunction>();

    /// <summary>The catalog of an app in which these functions are switched off.</summary>
    public FunctionCatalog Without(Func<string, bool> isDisabled) => new([.. All.Where(function => !isDisabled(function.Name))]);

    public static FunctionCatalog Discover(Assembly assembly) => Discover(assembly.GetTypes());

    /// <exception cref="LocalHostException">Names every function that the real host or worker would refuse.</exception>
    public static FunctionCatalog Discover(IEnumerable<Type> types)
    {
        var functions = new List<FunctionDefinition>();
        var errors = new List<string>();
        foreach (var method in types.SelectMany(type => type.GetMethods(Any)).Where(m => m.IsDefined(typeof(FunctionAttribute))))
        {
            var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
            try
            {
                if (FunctionSignature.Problem(method, out var trigger) is { } problem)
                {
                    errors.Add($"{name} ({method.DeclaringType!.Name}.{method.Name}) {problem}.");
                    continue;
                }

                functions.Add(Define(name, method, trigger) with { IsStatic = method.IsStatic });
            }
            catch (RoutePatternException exception)
            {
                errors.Add($"{name} has a route that cannot be read: {exception.Message}");
            }
        }

        foreach (var same in functions.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            var owners = string.Join(", ", same.Select(f => f.Type.Name));
            errors.Add($"{same.Count()} functions are named {same.Key}: {owners}. Names are unique within the app.");
        }

        return errors.Count == 0
            ? new FunctionCatalog([.. functions.OrderBy(f => f.Name, StringComparer.Ordinal)])
            : throw LocalHostException.Of("The Functions host would not start these functions:", errors);
    }

    private static FunctionDefinition Define(string name, MethodInfo method, ParameterInfo trigger)
    {
        var (type, call) = (method.DeclaringType!, FunctionCallCompiler.Compile(method, trigger));
        if (trigger.GetCustomAttribute<HttpTriggerAttribute>() is { } http)
        {
            return new HttpFunction(name, type, call, http.AuthLevel, [.. (http.Methods ?? []).Select(m => m.ToUpperInvariant())], http.Route ?? name);
        }

        if (trigger.GetCustomAttribute<QueueTriggerAttribute>() is { } queue)
        {
            return new QueueFunction(name, type, call, queue.QueueName, queue.Connection);
        }

        var timer = trigger.GetCustomAttribute<TimerTriggerAttribute>()!;
        return new TimerFunction(name, type, call, timer.Schedule, timer.UseMonitor, timer.RunOnStartup);
    }
}
