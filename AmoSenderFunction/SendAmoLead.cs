using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messages;

namespace UonOfferum.AmoSenderFunction;

/// <summary>Queue <c>amo-orders</c>: makes one record a lead of the account.</summary>
public sealed class SendAmoLead(DeliveryStage stage, AmoDestination amo)
{
    [Function(nameof(SendAmoLead))]
    public Task RunAsync([QueueTrigger(AmoDestination.QueueName)] QueueMessage message, CancellationToken cancellationToken) =>
        stage.RunAsync(amo, StageMessageJson.Require(message.Body), cancellationToken);
}
