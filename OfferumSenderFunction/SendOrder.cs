using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>Queue <c>offerum-orders</c>: sends one order to Offerum.</summary>
public sealed class SendOrder(QueuedDelivery queued, OfferumDestination offerum)
{
    [Function(nameof(SendOrder))]
    public Task RunAsync([QueueTrigger(OfferumDestination.QueueName)] QueueMessage message, CancellationToken cancellationToken) =>
        queued.RunAsync(offerum, message, cancellationToken);
}
