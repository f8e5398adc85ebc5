using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.Bitrix24;

/// <summary>Tries the webhook by the method <c>scope</c>, which only lists the webhook's rights.</summary>
public sealed class BitrixProbe(BitrixClient client) : IHealthProbe
{
    public string Breaker => BitrixDestination.DestinationName;

    public bool Serves(Pipeline pipeline) => pipeline.Has<BitrixSettings>();

    public async Task<ProbeResult> ProbeAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var reply = await client.AskAsync(pipeline.Get<BitrixSettings>(), "scope", [], BitrixReplyReader.Scoped, cancellationToken);
        return reply.Probed(Breaker, "Bitrix24 accepts the webhook, and it has access to the CRM.");
    }
}
