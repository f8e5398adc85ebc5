using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.Http;

/// <summary>Queue <c>http-orders</c>: sends one record to the address of the settings.</summary>
public sealed class SendHttpOrder(QueuedDelivery queued, HttpDestination http)
{
    [Function(nameof(SendHttpOrder))]
    public Task RunAsync([QueueTrigger(HttpDestination.QueueName)] QueueMessage message, CancellationToken cancellationToken) =>
        queued.RunAsync(http, message, cancellationToken);
}
