using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>Offerum as a destination of the delivery stage.</summary>
public sealed class OfferumDestination(OfferumClient client) : IDestination
{
    public const string DestinationName = "offerum";

    public string Name => DestinationName;

    public string Queue => QueueNames.OfferumOrders;

    public bool Serves(Pipeline pipeline) => true;

    public DeliveryPolicy Policy(Pipeline pipeline) => pipeline.Get<OfferumSettings>().Policy;

    public Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<OfferumSettings>();
        return client.PostAsync(settings, OfferumOrder.Of(operation, settings), cancellationToken);
    }
}
