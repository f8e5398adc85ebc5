using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.UonWebhookFunction.WriteBack;

namespace UonOfferum.UonWebhookFunction;

/// <summary>Queue <c>uon-updates</c>: writes the outcome of a sale into its record in U-ON.</summary>
public sealed class UpdateUonRecord(QueuedDelivery queued, WriteBackDestination writeBack)
{
    [Function(nameof(UpdateUonRecord))]
    public Task RunAsync([QueueTrigger(WriteBackDestination.QueueName)] QueueMessage message, CancellationToken cancellationToken) =>
        queued.RunAsync(writeBack, message, cancellationToken);
}
