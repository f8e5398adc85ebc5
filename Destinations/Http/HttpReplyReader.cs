using System.Net;
using System.Text;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.Destinations.Http;

/// <summary>Reads a reply by its status and by the rules in the settings. Pure.</summary>
public static class HttpReplyReader
{
    private const int MaxBody = 4_000;
    private const int MaxOrderId = 100;

    public static DeliveryReply Read(HttpReplyRules rules, HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter)
    {
        var text = Encoding.UTF8.GetString(body.Span);
        var reply = Classify(rules, (int)status, text, retryAfter) with { Status = (int)status, Body = text.CutTo(MaxBody) };
        return reply.Outcome switch
        {
            DeliveryOutcome.Delivered or DeliveryOutcome.Duplicate => reply with { OrderId = OrderId(rules, body) },
            _ => reply,
        };
    }

    private static DeliveryReply Classify(HttpReplyRules rules, int status, string body, TimeSpan? retryAfter) => status switch
    {
        429 or 408 or >= 500 => DeliveryReply.Later(status, $"The service answered HTTP {status}", retryAfter),
        _ when rules.Duplicate?.IsMatch(body) ?? false => new(DeliveryOutcome.Duplicate) { Detail = "The service already had this client" },
        _ when rules.Rejected?.IsMatch(body) ?? false => new(DeliveryOutcome.Rejected) { Detail = "The service refused the order" },
        401 or 403 => new(DeliveryOutcome.Misconfigured) { Detail = $"The service refused our key (HTTP {status}); check Http:ApiKey and Http:Headers" },
        409 => new(DeliveryOutcome.Duplicate) { Detail = "The service already had this client (HTTP 409)" },
        404 or 405 or 410 or 415 or (>= 300 and < 400) => new(DeliveryOutcome.Misconfigured)
        {
            Detail = $"The address answered HTTP {status}; check Http:Url and Http:Method",
        },
        >= 400 => new(DeliveryOutcome.Rejected) { Detail = $"The service refused the order (HTTP {status})" },
        >= 200 when rules.Accepted?.IsMatch(body) ?? true => new(DeliveryOutcome.Delivered),
        _ => new(DeliveryOutcome.Unconfirmed) { Detail = $"The answer (HTTP {status}) is not what Http:Accepted expects" },
    };

    private static string? OrderId(HttpReplyRules rules, ReadOnlyMemory<byte> body) =>
        rules.OrderId is { } path && LenientJson.TryParse(body, out var root) && path.Read(root) is { } id ? id.CutTo(MaxOrderId) : null;
}
