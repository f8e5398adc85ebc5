using System.Net;
using System.Text;
using System.Text.Json;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.Destinations.Max;

/// <summary>
/// Reads <c>{"message":{…,"body":{"mid":…}}}</c>, the reply to a GET, and <c>{"code":…,"message":…}</c> (https://dev.max.ru/docs-api). Pure.
/// </summary>
public static class MaxReplyReader
{
    private const int MaxBody = 4_000;

    /// <summary>Prefixes of error codes that concern the chat rather than the message.</summary>
    private static readonly string[] OfTheChat = ["chat.", "dialog.", "user.", "access."];

    public static DeliveryReply Read(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter) =>
        Classify((int)status, body, retryAfter) with { Status = (int)status, Body = Encoding.UTF8.GetString(body.Span).CutTo(MaxBody) };

    private static DeliveryReply Classify(int status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter)
    {
        var root = LenientJson.TryParse(body, out var read) ? read : default;
        var code = root.Text("code") ?? "";
        return status switch
        {
            429 or 408 or >= 500 => DeliveryReply.Later(status, $"MAX answered {status}", retryAfter),
            401 => new(DeliveryOutcome.Misconfigured) { Detail = "MAX does not accept the bot's token; check Max:Token" },
            403 or 404 => new(DeliveryOutcome.Misconfigured) { Detail = $"MAX does not let the bot write there ({status}); add the bot to the chat, or check Max:ChatId and Max:BaseAddress" },
            405 or (>= 300 and < 400) => new(DeliveryOutcome.Misconfigured) { Detail = $"The address answered HTTP {status}; check Max:BaseAddress" },
            >= 400 when OfTheChat.Any(start => code.StartsWith(start, StringComparison.Ordinal)) =>
                new(DeliveryOutcome.Misconfigured) { Detail = "The bot cannot write to the chat; check Max:ChatId and the bot's permissions there" },
            >= 400 => new(DeliveryOutcome.Rejected) { Detail = $"MAX refused the message ({status})" },
            _ when root.ValueKind == JsonValueKind.Object && code.Length == 0 && root.Property("success").ValueKind != JsonValueKind.False => new(DeliveryOutcome.Delivered) { OrderId = IdOf(root) },
            _ => new(DeliveryOutcome.Unconfirmed) { Detail = $"The answer (HTTP {status}) is not from the bot API" },
        };
    }

    private static string? IdOf(JsonElement root)
    {
        var message = root.Property("message");
        return message.Property("body").Text("mid") ?? message.Text("mid") ?? message.Text("id") ?? message.Text("message_id");
    }
}
