using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>Offerum as a destination of the delivery stage.</summary>
public sealed class OfferumDestination(OfferumClient client) : IDestination
{
    public const string DestinationName = "offerum";

    public const string QueueName = "offerum-orders";

    public string Name => DestinationName;

    public string Queue => QueueName;

    public bool Serves(Pipeline pipeline) => pipeline.Has<OfferumSettings>();

    public DeliveryPolicy Policy(Pipeline pipeline) => pipeline.Get<OfferumSettings>().Policy;

    public string Account(Pipeline pipeline) => pipeline.Get<OfferumSettings>().ApiKey;

    public OrderPreview Preview(Pipeline pipeline, Operation operation)
    {
        var settings = pipeline.Get<OfferumSettings>();
        var order = OfferumOrder.Of(operation, settings);
        return new OrderPreview(new Uri(settings.BaseAddress, order.MaskedPath).AbsoluteUri, order.Form);
    }

    public Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<OfferumSettings>();
        return client.PostAsync(settings, OfferumOrder.Of(operation, settings), cancellationToken);
    }
}
