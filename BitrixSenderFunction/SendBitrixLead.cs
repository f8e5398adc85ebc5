using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messages;

namespace UonOfferum.BitrixSenderFunction;

/// <summary>Queue <c>bitrix-orders</c>: makes one record a lead of the portal.</summary>
public sealed class SendBitrixLead(DeliveryStage stage, BitrixDestination bitrix)
{
    [Function(nameof(SendBitrixLead))]
    public Task RunAsync([QueueTrigger(BitrixDestination.QueueName)] QueueMessage message, CancellationToken cancellationToken) =>
        stage.RunAsync(bitrix, StageMessageJson.Require(message.Body), cancellationToken);
}
