using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.AmoCrm;

/// <summary>Tries the token by reading the account itself, which is invisible to the account's users.</summary>
public sealed class AmoProbe(AmoClient client) : IHealthProbe
{
    public string Breaker => AmoDestination.DestinationName;

    public bool Serves(Pipeline pipeline) => pipeline.Has<AmoSettings>();

    public async Task<ProbeResult> ProbeAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var reply = await client.AskAccountAsync(pipeline.Get<AmoSettings>(), cancellationToken);
        return reply.Probed(Breaker, "amoCRM accepts the token.");
    }
}
