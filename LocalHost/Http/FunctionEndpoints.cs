using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Functions;
using UonOfferum.LocalHost.Settings;

namespace UonOfferum.LocalHost.Http;

/// <summary>Maps the HTTP functions below the prefix; keys are checked before a function is made.</summary>
internal static partial class FunctionEndpoints
{
    public static void MapFunctions(this WebApplication app)
    {
        var (settings, time) = (app.Services.GetRequiredService<HostSettings>(), app.Services.GetRequiredService<TimeProvider>());
        var key = app.Services.GetRequiredService<FunctionKey>();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("UonOfferum.LocalHost.Http.Functions");
        foreach (var function in app.Services.GetRequiredService<FunctionCatalog>().Http)
        {
            var runner = new FunctionRunner(function, settings.FunctionTimeout, time);
            var pattern = function.Pattern(settings.RoutePrefix);
            RequestDelegate handler = context => HandleAsync(context, function, runner, key, logger);
            var endpoint = function.Methods.Count == 0 ? app.Map(pattern, handler) : app.MapMethods(pattern, function.Methods, handler);
            endpoint.WithDisplayName(function.Name).WithMetadata(function);
        }
    }

    /// <summary>What no function answered (no such route, not this method) is told in the form of all other errors.</summary>
    public static void UseHostProblems(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        var answered = context.Response.HasStarted || context.GetEndpoint()?.Metadata.GetMetadata<HttpFunction>() is not null;
        if (!answered && context.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
        {
            await Problem.WriteAsync(context, context.Response.StatusCode);
        }
    });

    private static async Task HandleAsync(HttpContext context, HttpFunction function, FunctionRunner runner, FunctionKey key, ILogger logger)
    {
        if (function.Level != AuthorizationLevel.Anonymous && !key.Opens(context.Request))
        {
            await Problem.WriteAsync(context, StatusCodes.Status401Unauthorized);
            return;
        }

        try
        {
            if (await runner.RunAsync(context.RequestServices, context.Request, context.Request.RouteValues, context.RequestAborted) is { } result)
            {
                await result.ExecuteAsync(context);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, exception.StatusCode);
        }
#pragma warning disable CA1031 // The last place that can answer; it is logged here and nowhere else.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Failed(logger, function.Name, exception);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            await Problem.WriteAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(40, LogLevel.Error, "{Function} failed.")]
        public static partial void Failed(ILogger logger, string function, Exception exception);
    }
}
