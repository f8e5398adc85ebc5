using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;

namespace UonOfferum.LocalHost.Functions;

/// <summary>One function found in the app.</summary>
/// <param name="Name">Unique within the app.</param>
/// <param name="Type">The class.</param>
/// <param name="Call">Calls the method.</param>
internal abstract record FunctionDefinition(string Name, Type Type, FunctionCall Call)
{
    /// <summary>A static method needs no instance; for the others one is made for each call.</summary>
    public bool IsStatic { get; init; }
}

internal sealed record HttpFunction(string Name, Type Type, FunctionCall Call, AuthorizationLevel Level, IReadOnlyList<string> Methods, string Route)
    : FunctionDefinition(Name, Type, Call)
{
    /// <summary>The whole route, from the slash on.</summary>
    public string Pattern(string prefix) => '/' + string.Join('/', new[] { prefix, Route.Trim('/') }.Where(part => part.Length > 0));
}

internal sealed record QueueFunction(string Name, Type Type, FunctionCall Call, string QueueName, string? Connection)
    : FunctionDefinition(Name, Type, Call);

internal sealed record TimerFunction(string Name, Type Type, FunctionCall Call, string Schedule, bool UseMonitor, bool RunOnStartup)
    : FunctionDefinition(Name, Type, Call);

/// <summary>A function's method, compiled; the result is null for functions that answer nobody.</summary>
internal delegate Task<Microsoft.AspNetCore.Http.IResult?> FunctionCall(
    object? instance, object trigger, RouteValueDictionary? route, CancellationToken cancellationToken);
