using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace UonOfferum.Tests.BareApp;

public sealed class HttpFunctions(Callback callback)
{
    [Function("Echo")]
    public static IResult Echo([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "echo/{pipeline}/{id}")] HttpRequest request, string pipeline, long id) =>
        Results.Text($"{pipeline} {id} {request.QueryString.Value!.TrimStart('?')} {request.Headers["x-of-the-caller"]}".TrimEnd());

    [Function("Guarded")]
    public static IResult Guarded([HttpTrigger(AuthorizationLevel.Function, "get", "post", Route = "guarded")] HttpRequest request)
    {
        request.HttpContext.Response.Headers["x-made"] = "1";
        return Results.Ok();
    }

    [Function("Fails")]
    public static IResult Fails([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fails")] HttpRequest request) =>
        throw new InvalidOperationException("secret detail");

    [Function("Empty")]
    public static IResult Empty([HttpTrigger(AuthorizationLevel.Anonymous, Route = "empty")] HttpRequest request) => Results.StatusCode(StatusCodes.Status404NotFound);

    [Function("Slow")]
    public async Task<IResult> SlowAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow")] HttpRequest request, CancellationToken cancellationToken)
    {
        await callback.CallAsync("slow", new { }, cancellationToken);
        return Results.Ok();
    }
}
