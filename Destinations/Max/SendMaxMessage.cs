using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.Max;

/// <summary>Queue <c>max-orders</c>: sends a message about one record to a chat.</summary>
public sealed class SendMaxMessage(QueuedDelivery queued, MaxDestination max)
{
    [Function(nameof(SendMaxMessage))]
    public Task RunAsync([QueueTrigger(MaxDestination.QueueName)] QueueMessage message, CancellationToken cancellationToken) =>
        queued.RunAsync(max, message, cancellationToken);
}
