using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace UonOfferum.LocalHost.Http;

/// <summary>The host's own error answers: <c>application/problem+json</c> without details.</summary>
internal static class Problem
{
    public static Task WriteAsync(HttpContext context, int status) =>
        Results.Problem(title: ReasonPhrases.GetReasonPhrase(status), statusCode: status).ExecuteAsync(context);
}
