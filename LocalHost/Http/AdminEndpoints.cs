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
        app.MapPost("/admin/functions/{name}", (HttpRequest request, string name) =>
            !key.Opens(request) ? Results.Problem(statusCode: StatusCodes.Status401Unauthorized)
            : timers.TryRun(name) ? Results.Accepted()
            : Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no timer function of that name."));
    }
}
