using Microsoft.AspNetCore.Http;

namespace UonOfferum.Shared.Http;

/// <summary>503 with Retry-After: the sender may retry.</summary>
public sealed class RetryLater(string detail, string title = "Not accepted") : IResult
{
    private const string Seconds = "30";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = Seconds;
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, title, detail).ExecuteAsync(httpContext);
    }
}
