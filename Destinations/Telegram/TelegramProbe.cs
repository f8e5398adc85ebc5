using System.Text.Json.Nodes;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.Telegram;

/// <summary>Tries the bot and the chat by <c>getChat</c>, which is not visible in the chat.</summary>
public sealed class TelegramProbe(TelegramClient client) : DestinationProbe<TelegramSettings>(TelegramServices.Module)
{
    protected override Task<DeliveryReply> AskAsync(TelegramSettings settings, CancellationToken cancellationToken) =>
        client.CallAsync(settings, "getChat", new JsonObject { ["chat_id"] = settings.ChatId }, cancellationToken);

    protected override string Works(TelegramSettings settings) => "Telegram accepts the bot's token, and the bot has access to the chat.";
}
