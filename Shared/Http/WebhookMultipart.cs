using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace UonOfferum.Shared.Http;

/// <summary>The text fields of a multipart form; files in it are passed over.</summary>
internal static class WebhookMultipart
{
    /// <summary>RFC 2046, section 5.1.1.</summary>
    private const int MaxBoundaryLength = 70;

    public static async Task<WebhookParseResult> AddToAsync(
        Dictionary<string, string> fields, ReadOnlyMemory<byte> body, MediaTypeHeaderValue type, CancellationToken cancellationToken)
    {
        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= MaxBoundaryLength } boundary)
        {
            return WebhookParseResult.Malformed("The content type has no valid boundary.");
        }

        using var stream = new MemoryStream(body.ToArray());
        var reader = new MultipartReader(boundary, stream);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (section.AsFormDataSection() is { Name.Length: > 0 } field)
                {
                    fields[field.Name] = await field.GetValueAsync(cancellationToken);
                }
            }

            return WebhookParseResult.Of(fields);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return WebhookParseResult.Malformed("The multipart form is malformed.");
        }
    }
}
