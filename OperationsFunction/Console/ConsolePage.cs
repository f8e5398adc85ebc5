using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using UonOfferum.Shared.Http;

namespace UonOfferum.OperationsFunction.Console;

/// <summary>
/// Serves the operators' page out of this assembly. A strict Content-Security-Policy goes with it: even if untrusted text injects markup into the
/// page, the browser runs no injected script and contacts only the app's own address.
/// </summary>
public sealed class ConsolePage
{
    private const string Index = "index.html";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // Loaded on the first visit, not at startup, so that they do not slow a webhook's cold start.
    private readonly IReadOnlyDictionary<string, ConsoleFile> _files = ConsoleFile.ReadAll();

    public IResult Answer(HttpRequest request)
    {
        // Its files are named relative to …/console; below …/console/ they would not be found.
        if (request.Path.Value is { } path && path.EndsWith('/'))
        {
            return TypedResults.Redirect($"{request.PathBase}{path.TrimEnd('/')}");
        }

        return _files.TryGetValue(Index, out var page)
            ? Send(request, page, "no-cache")
            : Problems.Of(StatusCodes.Status503ServiceUnavailable, "This build has no page",
                "The page is bundled with npm, and npm was missing or could not reach its registry when this app was built. Install Node.js, build again, "
                + "and deploy. Everything else works: the API is complete without the page.");
    }

    public IResult AnswerFile(HttpRequest request, string name) =>
        // All names except the page's own contain a hash of the content.
        name != Index && _files.TryGetValue(name, out var file)
            ? Send(request, file, "public, max-age=31536000, immutable")
            : Problems.NotFound("The page has no such file. Reload it: it may be an older version.");

    private static IResult Send(HttpRequest request, ConsoleFile file, string caching)
    {
        var asked = request.GetTypedHeaders();
        var content = file.For(asked.AcceptEncoding);
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = caching;
        headers.ETag = content.ETag;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (asked.IfNoneMatch.Any(tag => tag.Compare(EntityTagHeaderValue.Parse(content.ETag), useStrongComparison: false)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        headers.ContentEncoding = content.Encoding;
        return TypedResults.Bytes(content.Bytes, file.ContentType);
    }
}
