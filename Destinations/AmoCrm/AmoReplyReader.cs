using System.Net;
using System.Text;
using System.Text.Json;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.Destinations.AmoCrm;

/// <summary>
/// Reads <c>[{"id":…,"merged":…}]</c> and the problem details with their <c>validation-errors</c>
/// (https://www.amocrm.ru/developers/content/crm_platform/error-codes). Pure.
/// </summary>
public static class AmoReplyReader
{
    private const int MaxBody = 4_000;
    private const int MaxErrors = 3;

    /// <summary>The answer to a lead: its number, and whether amoCRM's duplicate control merged it into an existing one.</summary>
    public static DeliveryReply Added(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter) => Read(status, body, retryAfter, root =>
    {
        if (root.Items().FirstOrDefault() is not { ValueKind: JsonValueKind.Object } lead || Id(lead) is not { } id)
        {
            return new(DeliveryOutcome.Unconfirmed) { Detail = "amoCRM answered without a lead's number" };
        }

        var merged = lead.Property("merged").ValueKind == JsonValueKind.True;
        return new(DeliveryOutcome.Delivered) { OrderId = id, Detail = merged ? "amoCRM merged it into a lead it already had" : null };
    });

    /// <summary>The answer to <c>GET /api/v4/leads?query=</c>: Delivered, with the number of the lead whose name ends with the mark if there is one.</summary>
    public static DeliveryReply Listed(string mark, HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter) => Read(status, body, retryAfter, root =>
    {
        if (status == HttpStatusCode.NoContent)
        {
            return new(DeliveryOutcome.Delivered);
        }

        // The search is by words, so it may also find leads that only resemble the mark.
        var leads = root.Property("_embedded").Property("leads");
        return leads.ValueKind == JsonValueKind.Array
            ? new(DeliveryOutcome.Delivered)
            {
                OrderId = leads.Items().Where(lead => lead.Text("name")?.TrimEnd().EndsWith(mark, StringComparison.Ordinal) ?? false).Select(Id).FirstOrDefault(id => id is not null),
            }
            : new(DeliveryOutcome.Unconfirmed) { Detail = "amoCRM did not answer with a list of leads" };
    });

    /// <summary>The answer to <c>GET /api/v4/account</c>.</summary>
    public static DeliveryReply Account(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter) => Read(status, body, retryAfter, root =>
        Id(root) is not null
            ? new(DeliveryOutcome.Delivered)
            : new(DeliveryOutcome.Misconfigured) { Detail = "The answer at this address is not from amoCRM; check Amo:BaseAddress" });

    private static DeliveryReply Read(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter, Func<JsonElement, DeliveryReply> taken) =>
        Classify((int)status, body, retryAfter, taken) with { Status = (int)status, Body = Encoding.UTF8.GetString(body.Span).CutTo(MaxBody) };

    private static DeliveryReply Classify(int status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter, Func<JsonElement, DeliveryReply> taken) => status switch
    {
        >= 200 and < 300 => taken(LenientJson.TryParse(body, out var root) ? root : default),
        408 or 429 or 500 or 502 or 503 => DeliveryReply.Later(status, $"amoCRM answered HTTP {status}", retryAfter),
        // A proxy timed out waiting for the account, which may still have accepted the lead.
        > 500 => new(DeliveryOutcome.Uncertain) { Detail = $"The order went out, then HTTP {status} came instead of an answer" },
        401 => new(DeliveryOutcome.Misconfigured) { Detail = "amoCRM does not accept the token; check Amo:Token or, with OAuth, the integration in amoCRM" },
        402 => new(DeliveryOutcome.Misconfigured) { Detail = "The account in amoCRM is not paid for (HTTP 402)" },
        403 => new(DeliveryOutcome.Misconfigured) { Detail = "amoCRM denies access (HTTP 403): check the user's permissions, the allowed addresses, and whether it blocks us for too many requests" },
        400 or 422 => new(DeliveryOutcome.Rejected) { Detail = $"amoCRM refused the lead ({Errors(body, status)})" },
        404 => new(DeliveryOutcome.Misconfigured) { Detail = "There is no such account (HTTP 404); check Amo:BaseAddress" },
        405 or (>= 300 and < 400) => new(DeliveryOutcome.Misconfigured) { Detail = $"The address answered HTTP {status}; check Amo:BaseAddress" },
        >= 400 => new(DeliveryOutcome.Rejected) { Detail = $"amoCRM refused the lead (HTTP {status})" },
        _ => new(DeliveryOutcome.Unconfirmed) { Detail = $"The answer (HTTP {status}) is not from amoCRM" },
    };

    /// <summary>Which fields, and why; never the surrounding text, which may quote the client.</summary>
    private static string Errors(ReadOnlyMemory<byte> body, int status)
    {
        var errors = LenientJson.TryParse(body, out var root)
            ? root.Property("validation-errors").Items()
                .SelectMany(of => of.Property("errors").Items())
                .Select(error => $"{Word(error.Property("path"))}: {Word(error.Property("code"))}")
                .Distinct(StringComparer.Ordinal)
                .Take(MaxErrors)
                .ToList()
            : [];
        return errors.Count > 0 ? string.Join(", ", errors) : $"HTTP {status}";
    }

    private static string Word(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 80 } word
        && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
        && !LooksLikeAPhone(word) ? word : "?";

    private static bool LooksLikeAPhone(string word) => word.Count(char.IsAsciiDigit) > 6;

    private static string? Id(JsonElement of) =>
        of.Text("id") is { Length: > 0 and <= 20 } id && id.All(char.IsAsciiDigit) && id.Any(c => c != '0') ? id : null;
}
