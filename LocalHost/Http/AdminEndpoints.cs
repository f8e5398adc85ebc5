using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.LocalHost.Timers;

namespace UonOfferum.LocalHost.Http;

/// <summary><c>POST /admin/functions/{name}</c> runs a timer function now, as on the real host. Opened by the function key.</summary>
internal static class AdminEndpoints
{
    public static void MapAdmin(this WebApplication app)
    {
        var (key, timers) = (app.Services.GetRequiredService<FunctionKey>(), app.Services.GetRequiredService<TimerHost>());

        // A plain delegate: what binds parameters for others would be compiled at every start.
        RequestDelegate handler = context => Answer(context.Request, key, timers).ExecuteAsync(context);
        app.MapPost("/admin/functions/{name}", handler);
    }

    private static IResult Answer(HttpRequest request, FunctionKey key, TimerHost timers) =>
        !key.Opens(request) ? Results.Problem(statusCode: StatusCodes.Status401Unauthorized)
        : timers.TryRun((string)request.RouteValues["name"]!) ? Results.Accepted()
        : Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no timer function of that name.");
}
