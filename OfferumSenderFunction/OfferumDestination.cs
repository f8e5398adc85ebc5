using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>Offerum as a destination of the delivery stage.</summary>
public sealed class OfferumDestination(OfferumClient client) : Destination<OfferumSettings>(OfferumServices.Module)
{
    public const string DestinationName = "offerum";

    public const string QueueName = "offerum-orders";

    public override OrderPreview Preview(Pipeline pipeline, Operation operation)
    {
        var settings = pipeline.Get<OfferumSettings>();
        var order = OfferumOrder.Of(operation, settings);
        return new OrderPreview(new Uri(settings.BaseAddress, order.MaskedPath).AbsoluteUri, order.Form);
    }

    public override Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<OfferumSettings>();
        return client.PostAsync(settings, OfferumOrder.Of(operation, settings), cancellationToken);
    }
}
