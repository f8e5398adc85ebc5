using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.Max;

/// <summary>Tries the bot and the chat by <c>GET /chats/{id}</c>, or the bot alone by <c>GET /me</c>; neither is visible in the chat.</summary>
public sealed class MaxProbe(MaxClient client) : DestinationProbe<MaxSettings>(MaxServices.Module)
{
    protected override Task<DeliveryReply> AskAsync(MaxSettings settings, CancellationToken cancellationToken) =>
        client.CallAsync(settings, HttpMethod.Get, settings.ChatId is { } chat ? $"chats/{chat}" : "me", body: null, cancellationToken);

    protected override string Works(MaxSettings settings) =>
        settings.ChatId is null ? "MAX accepts the bot's token." : "MAX accepts the bot's token, and the bot has access to the chat.";
}
