using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messages;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>Queue <c>offerum-orders</c>: sends one order to Offerum.</summary>
public sealed class SendOrder(DeliveryStage stage, OfferumDestination offerum)
{
    [Function(nameof(SendOrder))]
    public Task RunAsync([QueueTrigger(OfferumDestination.QueueName)] QueueMessage message, CancellationToken cancellationToken) =>
        stage.RunAsync(offerum, StageMessageJson.Require(message.Body), cancellationToken);
}
