using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.Destinations.Telegram;

/// <summary>
/// Reads <c>{"ok":true,"result":{…}}</c> and <c>{"ok":false,"error_code":…,"description":…,"parameters":{…}}</c>
/// (https://core.telegram.org/bots/api#making-requests). Pure.
/// </summary>
public static class TelegramReplyReader
{
    private const int MaxBody = 4_000;

    /// <summary>Parts of descriptions which say that the chat accepts no message, whatever its text.</summary>
    private static readonly string[] NotThisChat =
        ["chat not found", "group chat was upgraded", "thread not found", "not enough rights", "have no rights", "administrator rights", "WRITE_FORBIDDEN", "TOPIC_CLOSED", "CHAT_RESTRICTED"];

    public static DeliveryReply Read(HttpStatusCode status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter) =>
        Classify((int)status, body, retryAfter) with { Status = (int)status, Body = Encoding.UTF8.GetString(body.Span).CutTo(MaxBody) };

    private static DeliveryReply Classify(int status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter)
    {
        if (!LenientJson.TryParse(body, out var root) || root.Property("ok") is not { ValueKind: JsonValueKind.True or JsonValueKind.False } ok)
        {
            // Not a Bot API reply: it came from a proxy or a gateway.
            return Refused(status, "", retryAfter);
        }

        if (ok.ValueKind == JsonValueKind.True)
        {
            return new DeliveryReply(DeliveryOutcome.Delivered) { OrderId = root.Property("result").Text("message_id") };
        }

        var asked = Number(root.Property("parameters"), "retry_after") is { } seconds ? TimeSpan.FromSeconds(seconds) : retryAfter;
        return Refused(Number(root, "error_code") ?? status, root.Text("description") ?? "", asked);
    }

    private static DeliveryReply Refused(int code, string description, TimeSpan? retryAfter) => code switch
    {
        429 or 408 or >= 500 => DeliveryReply.Later(code, $"Telegram answered {code}", retryAfter),
        401 or 404 => new(DeliveryOutcome.Misconfigured) { Detail = "Telegram does not accept the bot's token; check Telegram:BotToken" },
        403 => new(DeliveryOutcome.Misconfigured) { Detail = "Telegram does not let the bot write there; add the bot to the chat, or check Telegram:ChatId" },
        400 when NotThisChat.Any(words => description.Contains(words, StringComparison.OrdinalIgnoreCase)) => new(DeliveryOutcome.Misconfigured)
        {
            Detail = "The bot cannot write to the chat; check Telegram:ChatId, Telegram:Thread and the bot's permissions there",
        },
        >= 400 => new(DeliveryOutcome.Rejected) { Detail = $"Telegram refused the message ({code})" },
        >= 300 => new(DeliveryOutcome.Misconfigured) { Detail = $"The address answered HTTP {code}; check Telegram:BaseAddress" },
        _ => new(DeliveryOutcome.Unconfirmed) { Detail = $"The answer (HTTP {code}) is not from the Bot API" },
    };

    private static int? Number(JsonElement of, string name) =>
        int.TryParse(of.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
