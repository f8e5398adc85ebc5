using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace UonOfferum.LocalHost.Functions;

/// <summary>Turns a function's method into a delegate, so that a call costs no reflection.</summary>
internal static class FunctionCallCompiler
{
    public static FunctionCall Compile(MethodInfo method, ParameterInfo trigger)
    {
        var instance = Expression.Parameter(typeof(object), "instance");
        var triggerValue = Expression.Parameter(typeof(object), "trigger");
        var route = Expression.Parameter(typeof(RouteValueDictionary), "route");
        var cancellation = Expression.Parameter(typeof(CancellationToken), "cancellationToken");

        var arguments = method.GetParameters().Select(parameter =>
            parameter.Position == trigger.Position ? Expression.Convert(triggerValue, parameter.ParameterType)
            : parameter.ParameterType == typeof(CancellationToken) ? cancellation
            : (Expression)Expression.Call(RouteValue(parameter.ParameterType), route, Expression.Constant(parameter.Name)));
        var call = Expression.Call(method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!), method, arguments);
        var body = Expression.Call(Helper(Completion(method.ReturnType)), call);
        return Expression.Lambda<FunctionCall>(body, instance, triggerValue, route, cancellation).Compile();
    }

    private static string Completion(Type returned) =>
        returned == typeof(Task<IResult>) ? nameof(FromAnswerTask) : returned == typeof(IResult) ? nameof(FromAnswer) : nameof(FromTask);

    private static MethodInfo RouteValue(Type type) => Helper(type == typeof(long) ? nameof(Number) : nameof(Text));

    private static MethodInfo Helper(string name) => typeof(FunctionCallCompiler).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static string? Text(RouteValueDictionary route, string name) => Convert.ToString(route[name], CultureInfo.InvariantCulture);

    private static long Number(RouteValueDictionary route, string name) =>
        long.Parse(Text(route, name) ?? "", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static async Task<IResult?> FromAnswerTask(Task<IResult> task) => await task;

    private static Task<IResult?> FromAnswer(IResult result) => Task.FromResult<IResult?>(result);

    private static async Task<IResult?> FromTask(Task task)
    {
        await task;
        return null;
    }
}
