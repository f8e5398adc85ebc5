using System.Net;
using System.Text.Json;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>
/// Classifies a reply. The HTTP status alone proves nothing: "not found" and errors also come with a 200, and so does a maintenance
/// page. Pure.
/// </summary>
internal static class UonReplyReader
{
    private const string Fault = "Check Uon:BaseAddress.";

    public static UonReply Read(HttpStatusCode status, string? contentType, ReadOnlyMemory<byte> body, RecordKind kind, TimeSpan? retryAfter) =>
        Read(status, contentType, body, UonEnvelope.Of(kind), retryAfter);

    public static UonReply Read(
        HttpStatusCode status, string? contentType, ReadOnlyMemory<byte> body, UonEnvelope expected, TimeSpan? retryAfter)
    {
        var answer = UonAnswer.Of(contentType, body);
        if (answer.SaysInactive)
        {
            return new UonReply.Inactive();
        }

        return (int)status switch
        {
            429 => new UonReply.Throttled(retryAfter),
            401 or 403 => new UonReply.Denied(Describe(status, answer)),
            406 => new UonReply.Inactive(),
            408 or 425 or >= 500 => new UonReply.Unavailable(Describe(status, answer), retryAfter),
            >= 200 and <= 299 => FromSuccess(answer, expected, retryAfter),
            404 => FromMissing(answer, retryAfter),
            301 or 308 => new UonReply.Unreadable($"U-ON's API has moved to another address (HTTP {(int)status}). {Fault}"),
            >= 300 and <= 399 => new UonReply.Unavailable($"U-ON redirects to another address (HTTP {(int)status}). {Fault}", retryAfter),
            _ => answer.IsAboutTheKey ? new UonReply.Denied(Describe(status, answer)) : new UonReply.Unreadable($"{Describe(status, answer)} {Fault}"),
        };
    }

    private static UonReply FromMissing(UonAnswer answer, TimeSpan? retryAfter)
    {
        if (answer.SaysWrongQuestion)
        {
            return WrongQuestion(answer);
        }

        // A bare 404 comes from U-ON; an HTML page comes from a proxy or another host.
        return answer.Json is null && !answer.IsEmpty ? NotJson(answer, retryAfter) : new UonReply.NotFound();
    }

    private static UonReply FromSuccess(UonAnswer answer, UonEnvelope expected, TimeSpan? retryAfter)
    {
        if (answer.Json is not { } root)
        {
            return NotJson(answer, retryAfter);
        }

        if (answer.SaysWrongQuestion)
        {
            return WrongQuestion(answer);
        }

        switch (answer.Result)
        {
            case 404:
                return new UonReply.NotFound();
            case 401 or 403:
                return new UonReply.Denied(Describe(HttpStatusCode.OK, answer));
            case 406:
                return new UonReply.Inactive();
            case 429:
                return new UonReply.Throttled(retryAfter);
            default:
                break;
        }

        if (expected.IsWrite && answer.Message is null && (answer.Result == 200 || (answer.Result is null && expected.ContentOf(root) is not null)))
        {
            return new UonReply.Written(expected.ContentOf(root) is { } id ? JsonScalar.Text(id) : null);
        }

        if (!expected.IsWrite && expected.ContentOf(root) is { } content)
        {
            return FromEnvelope(root, content, expected);
        }

        if (answer.Message is not null || answer.Result is not (null or 200))
        {
            return answer.IsAboutTheKey
                ? new UonReply.Denied(Describe(HttpStatusCode.OK, answer))
                : new UonReply.Unavailable(Describe(HttpStatusCode.OK, answer), retryAfter);
        }

        return root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 0
            ? new UonReply.NotFound()
            : Unknown(expected);
    }

    private static UonReply FromEnvelope(JsonElement root, JsonElement content, UonEnvelope expected)
    {
        IReadOnlyList<JsonElement> items = content.ValueKind switch
        {
            JsonValueKind.Array => [.. content.EnumerateArray()],
            JsonValueKind.Null or JsonValueKind.False => [],
            JsonValueKind.Object when !content.EnumerateObject().Any() => [],
            _ => [content],
        };
        if (items.Any(item => item.ValueKind != JsonValueKind.Object))
        {
            return Unknown(expected);
        }

        return (items, expected.IsPage) switch
        {
            ([], _) => new UonReply.NotFound(),
            (_, true) => new UonReply.Page(items),
            // Not "not found": that would let the other table's record with this number be sold.
            (_, false) when expected.IsOther(items[0]) => new UonReply.Unavailable("U-ON returned a record other than the one requested.", RetryAfter: null),
            (_, false) => new UonReply.Found(root, items[0]),
        };
    }

    private static UonReply.Unavailable NotJson(UonAnswer answer, TimeSpan? retryAfter) => new(
        answer.IsEmpty ? "U-ON's answer is empty."
        : answer.IsPage ? "U-ON answered with a web page instead of data."
        : "U-ON's answer is not valid JSON; it may be truncated.",
        retryAfter);

    private static UonReply.Unreadable WrongQuestion(UonAnswer answer) => new($"U-ON says: {answer.Message}. {Fault}");

    private static UonReply.Unreadable Unknown(UonEnvelope expected) => new($"U-ON's answer has no {expected.Name} where one is expected.");

    private static string Describe(HttpStatusCode status, UonAnswer answer)
    {
        var code = status == HttpStatusCode.OK && answer.Result is { } result ? $"result {result}" : $"HTTP {(int)status}";
        return answer.Message is { } message ? $"U-ON answered with {code}: {message}." : $"U-ON answered with {code}.";
    }
}
