using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.Net.Http.Headers;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Http;

/// <summary>The fields of a body: a form, a multipart form or JSON.</summary>
internal static class WebhookBody
{
    /// <summary>U-ON nests once (<c>client[u_name]</c>); deeper values are not needed.</summary>
    private const int MaxDepth = 4;

    private const int MaxNameLength = 200;

    public static async Task<WebhookParseResult> AddToAsync(
        Dictionary<string, string> fields, ReadOnlyMemory<byte> body, string? contentType, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            return string.IsNullOrWhiteSpace(contentType) ? Guess(fields, body, Encoding.UTF8) : WebhookParseResult.Unsupported();
        }

        var encoding = EncodingOf(type);
        return type.MediaType.Value?.ToUpperInvariant() switch
        {
            "APPLICATION/X-WWW-FORM-URLENCODED" => FormOrUnlabelledJson(fields, body, encoding),
            "MULTIPART/FORM-DATA" => await WebhookMultipart.AddToAsync(fields, body, type, cancellationToken),
            "APPLICATION/JSON" or "TEXT/JSON" => Json(fields, body, encoding),
            "TEXT/PLAIN" => Guess(fields, body, encoding),
            { } other when other.EndsWith("+JSON", StringComparison.Ordinal) => Json(fields, body, encoding),
            _ => WebhookParseResult.Unsupported(),
        };
    }

    private static WebhookParseResult Guess(Dictionary<string, string> fields, ReadOnlyMemory<byte> body, Encoding encoding) =>
        LooksLikeJson(body) ? Json(fields, body, encoding) : Form(fields, body, encoding);

    /// <summary>Many client libraries post JSON with their default content type.</summary>
    private static WebhookParseResult FormOrUnlabelledJson(Dictionary<string, string> fields, ReadOnlyMemory<byte> body, Encoding encoding) =>
        LooksLikeJson(body) && Json(fields, body, encoding) is { Fields: not null } json ? json : Form(fields, body, encoding);

    private static WebhookParseResult Form(Dictionary<string, string> fields, ReadOnlyMemory<byte> body, Encoding encoding)
    {
        var form = HttpUtility.ParseQueryString(encoding.GetString(body.Span), encoding);
        foreach (var name in form.AllKeys.OfType<string>())
        {
            fields[name] = form.GetValues(name) is [.., var last] ? last : "";
        }

        return WebhookParseResult.Of(fields);
    }

    private static WebhookParseResult Json(Dictionary<string, string> fields, ReadOnlyMemory<byte> body, Encoding encoding)
    {
        var utf8 = encoding is UTF8Encoding ? body : Encoding.Convert(encoding, Encoding.UTF8, body.ToArray());
        if (!LenientJson.TryParse(utf8, out var root) || root.ValueKind != JsonValueKind.Object)
        {
            return WebhookParseResult.Malformed("The body is not a JSON object.");
        }

        foreach (var property in root.EnumerateObject())
        {
            Flatten(fields, property.Name, property.Value, MaxDepth);
        }

        return WebhookParseResult.Of(fields);
    }

    private static void Flatten(Dictionary<string, string> fields, string name, JsonElement value, int depth)
    {
        if (depth == 0 || name.Length > MaxNameLength)
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in value.EnumerateObject())
            {
                Flatten(fields, $"{name}[{property.Name}]", property.Value, depth - 1);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                Flatten(fields, $"{name}[{index}]", item, depth - 1);
            }
        }
        else if (JsonScalar.Text(value) is { } text)
        {
            fields[name] = text;
        }
    }

    private static bool LooksLikeJson(ReadOnlyMemory<byte> body)
    {
        var start = body.Span.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        return body.Span[start..].TrimStart(" \t\r\n"u8).StartsWith("{"u8);
    }

    /// <summary>Russian senders may still write windows-1251. Bytes that are invalid in the encoding become U+FFFD.</summary>
    private static Encoding EncodingOf(MediaTypeHeaderValue type) =>
        HeaderUtilities.RemoveQuotes(type.Charset).Value is { Length: > 0 } charset
        && CodePagesEncodingProvider.Instance.GetEncoding(charset) is { } encoding
            ? encoding
            : Encoding.UTF8;
}
