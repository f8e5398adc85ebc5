using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.AmoSenderFunction;

/// <summary>Tries the token by asking for the account itself: nobody there sees it.</summary>
public sealed class AmoProbe(AmoClient client) : IGateProbe
{
    public string Gate => AmoDestination.DestinationName;

    public bool Serves(Pipeline pipeline) => pipeline.Has<AmoSettings>();

    public async Task<ProbeResult> ProbeAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var reply = await client.AskAccountAsync(pipeline.Get<AmoSettings>(), cancellationToken);
        return reply.Probed(Gate, "amoCRM knows the token.");
    }
}
