using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.LocalHost.Timers;

namespace UonOfferum.LocalHost.Http;

/// <summary>What the Functions host answers itself: its front page, <c>/admin/host/…</c>, and <c>POST /admin/functions/{name}</c>, which runs a timer now.</summary>
internal static class HostEndpoints
{
    public static void MapHost(this WebApplication app)
    {
        var (keys, timers) = (app.Services.GetRequiredService<HostKeys>(), app.Services.GetRequiredService<TimerHost>());

        // Plain delegates: parameter binding would be compiled at every start.
        Map(app, "GET", "/", _ => Results.Content("<!DOCTYPE html><title>LocalHost</title><p>Your function app is running.", "text/html"));
        Map(app, "GET", "/admin/host/ping", _ => Results.Ok());
        Map(app, "POST", "/admin/host/ping", _ => Results.Ok());
        Map(app, "GET", "/admin/host/status", request => Guard(request, keys) ?? Results.Json(new { id = "localhost", state = "Running", version = "4.0.0" }));
        Map(app, "POST", "/admin/functions/{name}", request => Guard(request, keys) ?? Run((string)request.RouteValues["name"]!, timers));
    }

    private static IResult Run(string function, TimerHost timers) => timers.TryRun(function) ? Results.Accepted() : Results.NotFound();

    // A valid function key is not enough for these routes.
    private static IResult? Guard(HttpRequest request, HostKeys keys) =>
        keys.OpensAdmin(request) ? null : Results.StatusCode(keys.OpensFunctions(request) ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized);

    private static void Map(WebApplication app, string method, string pattern, Func<HttpRequest, IResult> answer)
    {
        RequestDelegate handler = context => answer(context.Request).ExecuteAsync(context);
        app.MapMethods(pattern, [method], handler);
    }
}
