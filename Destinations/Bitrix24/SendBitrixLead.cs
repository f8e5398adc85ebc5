using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.Bitrix24;

/// <summary>Queue <c>bitrix-orders</c>: sends one record to the portal as a lead.</summary>
public sealed class SendBitrixLead(QueuedDelivery queued, BitrixDestination bitrix)
{
    [Function(nameof(SendBitrixLead))]
    public Task RunAsync([QueueTrigger(BitrixDestination.QueueName)] QueueMessage message, CancellationToken cancellationToken) =>
        queued.RunAsync(bitrix, message, cancellationToken);
}
