using Microsoft.AspNetCore.Http;

namespace UonOfferum.Shared.Http;

/// <summary>503 with Retry-After: nothing was accepted, and the sender may retry.</summary>
public sealed class RetryLater(string detail) : IResult
{
    private const string Seconds = "30";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = Seconds;
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, "Not accepted", detail).ExecuteAsync(httpContext);
    }
}
