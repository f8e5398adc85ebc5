using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.BitrixSenderFunction;

/// <summary>Tries the webhook by the method <c>scope</c>, which only tells what the webhook may do.</summary>
public sealed class BitrixProbe(BitrixClient client) : IGateProbe
{
    public string Gate => BitrixDestination.DestinationName;

    public bool Serves(Pipeline pipeline) => pipeline.Has<BitrixSettings>();

    public async Task<ProbeResult> ProbeAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var reply = await client.AskAsync(pipeline.Get<BitrixSettings>(), "scope", [], BitrixReplyReader.Scoped, cancellationToken);
        return reply.Probed(Gate, "Bitrix24 knows the webhook, and it may work with the CRM.");
    }
}
