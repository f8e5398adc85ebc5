using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Shared.Http;

/// <summary>503 with Retry-After: the sender may retry.</summary>
public sealed class RetryLater(string detail, string title = "Not accepted") : IResult
{
    private const string Seconds = "30";

    /// <summary>Why a request to this path must be sent again; null: its pipeline can be used, or there is no such path.</summary>
    public static string? Reason(PipelineSnapshot current, string pipeline, Func<InvalidPipeline, IReadOnlyList<string>> secrets, string secret) =>
        current.TryFindInvalid(pipeline, out var invalid) && (invalid.SecretsAreUnknown || PathSecret.Matches(secrets(invalid), secret)) ? "The settings of this pipeline cannot be used at the moment."
        : !current.IsComplete && !current.Knows(pipeline) ? "The pipeline store does not answer yet."
        : null;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = Seconds;
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, title, detail).ExecuteAsync(httpContext);
    }
}
