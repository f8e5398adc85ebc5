using Microsoft.AspNetCore.Http;

namespace UonOfferum.Shared.Http;

/// <summary>
/// Reads the fields of a webhook wherever they are. The cabinet's user chooses the method; with GET and DELETE they are in the query, with
/// the others in a form, and some intermediaries turn forms into JSON. Values in the body override those in the query.
/// </summary>
internal static class WebhookRequestReader
{
    /// <summary>Never throws for invalid content; an aborted request throws.</summary>
    public static async Task<WebhookParseResult> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Query)
        {
            fields[name] = values is [.., { } last] ? last : "";
        }

        // A DELETE without a query may still have its fields in a form, as some clients send them.
        if (HttpMethods.IsGet(request.Method) || (HttpMethods.IsDelete(request.Method) && fields.Count > 0))
        {
            return WebhookParseResult.Of(fields);
        }

        if (request.ContentLength > WebhookParseResult.MaxBodyLength)
        {
            return WebhookParseResult.TooLarge();
        }

        ReadOnlyMemory<byte> body;
        try
        {
            // One byte more than allowed reveals a longer body; Content-Length may be wrong.
            body = await BoundedBody.ReadAsync(request.Body, WebhookParseResult.MaxBodyLength + 1, cancellationToken);
        }
        catch (BadHttpRequestException e)
        {
            // The server's own limit, or an incomplete or badly chunked body.
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? WebhookParseResult.TooLarge()
                : WebhookParseResult.Malformed("The body is truncated or its chunks are malformed.");
        }

        if (body.Length > WebhookParseResult.MaxBodyLength)
        {
            return WebhookParseResult.TooLarge();
        }

        return body.IsEmpty ? WebhookParseResult.Of(fields) : await WebhookBody.AddToAsync(fields, body, request.ContentType, cancellationToken);
    }
}
