using System.Text.Json.Nodes;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.Telegram;

/// <summary>Calls one method of the Bot API, once.</summary>
public sealed class TelegramClient(HttpClient http, TimeProvider time)
{
    internal Task<DeliveryReply> CallAsync(TelegramSettings settings, string method, JsonObject parameters, CancellationToken cancellationToken) =>
        new OrderCall($"Telegram {method}", "Telegram", HttpMethod.Post, AddressOf(settings, settings.BotToken, method), settings.Policy.Timeout)
        {
            Body = OrderJson.Encode(parameters),
            ContentType = OrderJson.ContentType,
        }.SendOnceAsync(http, TelegramReplyReader.Read, time, cancellationToken);

    /// <summary>Built as text: as a relative URI, <c>bot123:…</c> would be parsed as a scheme.</summary>
    internal static Uri AddressOf(TelegramSettings settings, string token, string method) => new($"{settings.BaseAddress.AbsoluteUri}bot{token}/{method}");
}
