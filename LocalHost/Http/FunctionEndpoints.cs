using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Settings;

namespace UonOfferum.LocalHost.Http;

/// <summary>The route table of the HTTP functions, below the prefix. Error responses have a status and no body, as in the Functions host.</summary>
internal static class FunctionEndpoints
{
    public static void MapFunctions(this WebApplication app)
    {
        var services = app.Services;
        var (settings, keys, forwarder) = (services.GetRequiredService<HostSettings>(), services.GetRequiredService<HostKeys>(), services.GetRequiredService<FunctionForwarder>());
        foreach (var function in services.GetRequiredService<FunctionCatalog>().Http)
        {
            RequestDelegate handler = context => HandleAsync(context, function, keys, forwarder);
            app.Map(function.Pattern(settings.RoutePrefix), handler)
                .WithDisplayName(function.Name)
                .WithMetadata(function, new HttpMethodMetadata(function.Methods));
        }
    }

    /// <summary>The Functions host has no route for a method that no function accepts: it answers 404, where ASP.NET Core answers 405 with the allowed methods.</summary>
    public static void UseBareRefusals(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed } && context.GetEndpoint()?.Metadata.GetMetadata<HttpFunction>() is null)
        {
            context.Response.Headers.Allow = default;
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    });

    private static Task HandleAsync(HttpContext context, HttpFunction function, HostKeys keys, FunctionForwarder forwarder)
    {
        if (function.NeedsKey && !keys.OpensFunctions(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        return forwarder.SendAsync(context, function);
    }
}
