using Microsoft.AspNetCore.Http;

namespace UonOfferum.Shared.Http;

/// <summary>The content of a webhook's request, or why it cannot be read.</summary>
public sealed record WebhookParseResult
{
    /// <summary>A longer body is refused, in bytes.</summary>
    public const int MaxBodyLength = 64 * 1024;

    private WebhookParseResult()
    {
    }

    /// <summary>
    /// Values by name, including PHP's brackets (<c>client[u_name]</c>); names are compared without case. Null when there is a problem.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Fields { get; private init; }

    /// <summary>HTTP status of the problem; 200 when there is none.</summary>
    public int Status { get; private init; } = StatusCodes.Status200OK;

    public string? Title { get; private init; }

    public string? Detail { get; private init; }

    internal static WebhookParseResult Of(IReadOnlyDictionary<string, string> fields) => new() { Fields = fields };

    internal static WebhookParseResult Malformed(string detail) =>
        Problem(StatusCodes.Status400BadRequest, "Malformed body", detail);

    internal static WebhookParseResult TooLarge() =>
        Problem(StatusCodes.Status413PayloadTooLarge, "Body too large", $"A webhook's body may have at most {MaxBodyLength / 1024} KiB.");

    internal static WebhookParseResult Unsupported() =>
        Problem(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type",
            "Send the fields in the query, as application/x-www-form-urlencoded, multipart/form-data or application/json.");

    private static WebhookParseResult Problem(int status, string title, string detail) => new() { Status = status, Title = title, Detail = detail };
}
