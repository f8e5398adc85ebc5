using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.AmoCrm;

/// <summary>Queue <c>amo-orders</c>: sends one record to the account as a lead.</summary>
public sealed class SendAmoLead(QueuedDelivery queued, AmoDestination amo)
{
    [Function(nameof(SendAmoLead))]
    public Task RunAsync([QueueTrigger(AmoDestination.QueueName)] QueueMessage message, CancellationToken cancellationToken) =>
        queued.RunAsync(amo, message, cancellationToken);
}
