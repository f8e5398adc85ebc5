using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.Bitrix24;

/// <summary>Tries the webhook by the method <c>scope</c>, which only lists the webhook's rights.</summary>
public sealed class BitrixProbe(BitrixClient client) : DestinationProbe<BitrixSettings>(BitrixServices.Module)
{
    protected override Task<DeliveryReply> AskAsync(BitrixSettings settings, CancellationToken cancellationToken) =>
        client.AskAsync(settings, "scope", [], BitrixReplyReader.Scoped, cancellationToken);

    protected override string Works(BitrixSettings settings) => "Bitrix24 accepts the webhook, and it has access to the CRM.";
}
