using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.AmoCrm;

/// <summary>Tries the token by reading the account itself, which is invisible to the account's users.</summary>
public sealed class AmoProbe(AmoClient client) : DestinationProbe<AmoSettings>(AmoServices.Module)
{
    protected override Task<DeliveryReply> AskAsync(AmoSettings settings, CancellationToken cancellationToken) =>
        client.AskAccountAsync(settings, cancellationToken);

    protected override string Works(AmoSettings settings) => "amoCRM accepts the token.";
}
