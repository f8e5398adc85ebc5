using System.Text.Json.Nodes;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.TelegramSenderFunction;

/// <summary>Tries the bot and the chat by <c>getChat</c>: nobody there sees it.</summary>
public sealed class TelegramProbe(TelegramClient client) : IGateProbe
{
    public string Gate => TelegramDestination.DestinationName;

    public bool Serves(Pipeline pipeline) => pipeline.Has<TelegramSettings>();

    public async Task<ProbeResult> ProbeAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<TelegramSettings>();
        var reply = await client.CallAsync(settings, "getChat", new JsonObject { ["chat_id"] = settings.ChatId }, cancellationToken);
        return reply.Probed(Gate, "Telegram knows the bot, and the bot knows the chat.");
    }
}
