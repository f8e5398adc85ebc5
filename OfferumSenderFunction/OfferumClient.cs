using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>Posts one order, once: there is no idempotency key.</summary>
public sealed class OfferumClient(HttpClient http, TimeProvider time)
{
    public Task<DeliveryReply> PostAsync(OfferumSettings settings, OfferumOrder order, CancellationToken cancellationToken) =>
        new OrderCall(Traces.OfferumCall, "Offerum", HttpMethod.Post, new Uri(settings.BaseAddress, order.Path), settings.Policy.Timeout)
        {
            Body = OrderForm.Encode(order.Form),
            ContentType = OrderForm.ContentType,
        }.SendOnceAsync(http, OfferumReplyReader.Read, time, cancellationToken);
}
