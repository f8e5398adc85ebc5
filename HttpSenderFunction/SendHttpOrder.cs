using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messages;

namespace UonOfferum.HttpSenderFunction;

/// <summary>Queue <c>http-orders</c>: sends one record to the address of the settings.</summary>
public sealed class SendHttpOrder(DeliveryStage stage, HttpDestination http)
{
    [Function(nameof(SendHttpOrder))]
    public Task RunAsync([QueueTrigger(HttpDestination.QueueName)] QueueMessage message, CancellationToken cancellationToken) =>
        stage.RunAsync(http, StageMessageJson.Require(message.Body), cancellationToken);
}
