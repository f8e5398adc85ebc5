using System.Text.Json.Nodes;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.Telegram;

/// <summary>Tries the bot and the chat by <c>getChat</c>, which is not visible in the chat.</summary>
public sealed class TelegramProbe(TelegramClient client) : IHealthProbe
{
    public string Breaker => TelegramDestination.DestinationName;

    public bool Serves(Pipeline pipeline) => pipeline.Has<TelegramSettings>();

    public async Task<ProbeResult> ProbeAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<TelegramSettings>();
        var reply = await client.CallAsync(settings, "getChat", new JsonObject { ["chat_id"] = settings.ChatId }, cancellationToken);
        return reply.Probed(Breaker, "Telegram accepts the bot's token, and the bot has access to the chat.");
    }
}
