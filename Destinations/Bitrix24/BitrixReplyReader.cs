using System.Net;
using System.Text;
using System.Text.Json;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.Destinations.Bitrix24;

/// <summary>
/// Reads <c>{"result":…}</c> and <c>{"error":"CODE","error_description":"…"}</c>. The code counts, not the HTTP status, which differs
/// between versions of the portal. Pure.
/// </summary>
public static class BitrixReplyReader
{
    private const int MaxBody = 4_000;

    /// <summary>The portal is too busy. It did not execute the request, whatever the HTTP status.</summary>
    private static readonly string[] Busy = ["QUERY_LIMIT_EXCEEDED", "OPERATION_TIME_LIMIT", "OVERLOAD_LIMIT"];

    /// <summary>The portal failed without saying whether it executed the request.</summary>
    private static readonly string[] Broken = ["INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER"];

    /// <summary>The portal would reject every record in the same way.</summary>
    private static readonly string[] Denied =
    [
        "NO_AUTH_FOUND", "INVALID_CREDENTIALS", "INVALID_REQUEST", "EXPIRED_TOKEN", "INSUFFICIENT_SCOPE", "INVALID_SCOPE", "ACCESS_DENIED", "METHOD_CONFIRM_DENIED",
        "ERROR_METHOD_NOT_FOUND", "PAYMENT_REQUIRED", "PORTAL_DELETED", "USER_ACCESS_ERROR", "METHOD_CONFIRM_WAITING", "APPLICATION_NOT_FOUND", "WRONG_AUTH_TYPE", "ERROR_OAUTH",
    ];

    private static readonly string[] Kinds = ["LEAD", "CONTACT", "COMPANY"];

    /// <summary>The answer to <c>crm.lead.add</c>: the lead's number.</summary>
    public static DeliveryReply Added(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter) => Read(status, body, retryAfter, result =>
        result.ValueKind is JsonValueKind.Number or JsonValueKind.String && JsonScalar.Text(result) is { Length: > 0 } id && id.All(char.IsAsciiDigit) && id != "0"
            ? new(DeliveryOutcome.Delivered) { OrderId = id }
            : new(DeliveryOutcome.Unconfirmed) { Detail = "Bitrix24 answered without a lead's number" });

    /// <summary>The answer to <c>crm.lead.list</c>: Delivered, with the number of the first lead if there is one.</summary>
    public static DeliveryReply Listed(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter) => Read(status, body, retryAfter, result =>
        new(DeliveryOutcome.Delivered) { OrderId = result.Items().Select(item => item.Text("ID")).FirstOrDefault(id => id is not null) });

    /// <summary>The answer to <c>crm.duplicate.findbycomm</c>: Delivered, with what was found, a lead first, such as <c>LEAD 17</c>.</summary>
    public static DeliveryReply Compared(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter) => Read(status, body, retryAfter, result =>
        new(DeliveryOutcome.Delivered)
        {
            // Nothing found is an empty list; else an object of lists.
            OrderId = Kinds
                .SelectMany(kind => result.Property(kind).Items().Select(JsonScalar.Text).OfType<string>().Select(id => $"{kind} {id}"))
                .FirstOrDefault(),
        });

    /// <summary>The answer to <c>scope</c>: Delivered when the webhook has the right to the CRM.</summary>
    public static DeliveryReply Scoped(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter) => Read(status, body, retryAfter, result =>
        result.Items().Any(item => JsonScalar.Text(item) == "crm")
            ? new(DeliveryOutcome.Delivered)
            : new(DeliveryOutcome.Misconfigured) { Detail = "The webhook in Bitrix:Webhook lacks the crm permission; grant it in Bitrix24" });

    private static DeliveryReply Read(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter, Func<JsonElement, DeliveryReply> result) =>
        Classify((int)status, body, retryAfter, result) with { Status = (int)status, Body = Encoding.UTF8.GetString(body.Span).CutTo(MaxBody) };

    private static DeliveryReply Classify(int status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter, Func<JsonElement, DeliveryReply> result)
    {
        if (!LenientJson.TryParse(body, out var root) || root.ValueKind != JsonValueKind.Object)
        {
            return ByStatus(status, retryAfter);
        }

        // An invalid field is reported as text, without a code.
        if (root.Text("error") is { } code)
        {
            return ByCode(code, status, retryAfter);
        }

        return root.TryGetProperty("result", out var value) ? result(value) : ByStatus(status, retryAfter);
    }

    private static DeliveryReply ByCode(string code, int status, TimeSpan? retryAfter) => true switch
    {
        _ when Busy.Contains(code, StringComparer.OrdinalIgnoreCase) => new(DeliveryOutcome.Transient) { Detail = $"Bitrix24 answered {Known(code)}", RetryAfter = retryAfter },
        _ when Broken.Contains(code, StringComparer.OrdinalIgnoreCase) => new(DeliveryOutcome.Transient) { Detail = $"Bitrix24 answered {Known(code)}", RetryAfter = retryAfter, MayHaveArrived = true },
        _ when Denied.Contains(code, StringComparer.OrdinalIgnoreCase) => new(DeliveryOutcome.Misconfigured)
        {
            Detail = $"Bitrix24 refused the webhook ({Known(code)}); check Bitrix:Webhook, its crm permission and the portal's plan",
        },
        _ when status is 401 or 429 or >= 500 => ByStatus(status, retryAfter),
        _ => new(DeliveryOutcome.Rejected) { Detail = code.Length == 0 ? "Bitrix24 refused the lead" : $"Bitrix24 refused the lead ({Known(code)})" },
    };

    private static DeliveryReply ByStatus(int status, TimeSpan? retryAfter) => status switch
    {
        429 or 408 or >= 500 => DeliveryReply.Later(status, $"Bitrix24 answered HTTP {status}", retryAfter),
        >= 300 => new(DeliveryOutcome.Misconfigured) { Detail = $"The address answered HTTP {status}; check Bitrix:Webhook" },
        _ => new(DeliveryOutcome.Unconfirmed) { Detail = $"The answer (HTTP {status}) is not from a Bitrix24 portal" },
    };

    /// <summary>A code is short and upper case; anything else is free text and may quote the client.</summary>
    private static string Known(string code) => code.Length <= 60 && code.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? code : "the reply has the details";
}
