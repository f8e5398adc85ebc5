using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.OperationsFunction.Queries;

/// <summary>
/// Which destinations' functions are disabled. The deployment disables those that no app setting names, because a function that
/// listens to a queue costs money while idle (<c>infra/modules/functions.bicep</c>); a pipeline that is created later may need one.
/// </summary>
public sealed class SenderSwitches(IConfiguration configuration, IEnumerable<IDestination> destinations)
{
    private static readonly ILookup<string, string> FunctionsByQueue = (
        from type in typeof(SenderSwitches).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<QueueTriggerAttribute>()
        where trigger is not null
        select (function.Name, trigger.QueueName)).ToLookup(f => f.QueueName, f => f.Name, StringComparer.Ordinal);

    private readonly List<IDestination> _destinations = [.. destinations];

    /// <summary>The disabled functions of this destination; empty when it can send.</summary>
    /// <param name="destination">Its name, such as <c>telegram</c>.</param>
    public IReadOnlyList<string> Off(string destination) =>
        _destinations.Find(d => d.Name == destination) is { } found ? [.. Functions(found.Queue).Where(IsOff)] : [];

    /// <summary>The problems of these destinations, each with the remedy.</summary>
    /// <param name="names">The destinations of a pipeline, such as <c>telegram</c>.</param>
    public IEnumerable<string> Problems(IEnumerable<string> names) =>
        from name in names
        let off = Off(name)
        where off.Count > 0
        select $"{name}: the deployment has switched its functions off, so records for it wait. Name it in DESTINATIONS (azd env set DESTINATIONS …, azd provision), "
            + $"or set {string.Join(" and ", off.Select(function => $"AzureWebJobs__{function}__Disabled"))} to false.";

    /// <inheritdoc cref="Problems(IEnumerable{string})"/>
    public IEnumerable<string> Problems(Pipeline pipeline) => Problems(_destinations.Where(d => d.Serves(pipeline)).Select(d => d.Name));

    private static IEnumerable<string> Functions(string queue) => FunctionsByQueue[queue].Concat(FunctionsByQueue[queue + QueueNames.PoisonSuffix]);

    // The platform accepts both spellings.
    private bool IsOff(string function) =>
        (configuration[$"AzureWebJobs.{function}.Disabled"] ?? configuration[$"AzureWebJobs:{function}:Disabled"])?.Trim().ToUpperInvariant() is "TRUE" or "1";
}
