using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.Max;

/// <summary>Tries the bot and the chat by <c>GET /chats/{id}</c>, or the bot alone by <c>GET /me</c>; neither is visible in the chat.</summary>
public sealed class MaxProbe(MaxClient client) : IHealthProbe
{
    public string Breaker => MaxDestination.DestinationName;

    public bool Serves(Pipeline pipeline) => pipeline.Has<MaxSettings>();

    public async Task<ProbeResult> ProbeAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<MaxSettings>();
        var reply = await client.CallAsync(settings, HttpMethod.Get, settings.ChatId is { } chat ? $"chats/{chat}" : "me", body: null, cancellationToken);
        return reply.Probed(Breaker, settings.ChatId is null ? "MAX accepts the bot's token." : "MAX accepts the bot's token, and the bot has access to the chat.");
    }
}
