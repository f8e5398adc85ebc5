using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Destinations.Bitrix24;

/// <summary>Queue <c>bitrix-orders-poison</c>: records dead-lettered messages in the journal and notifies an operator.</summary>
public sealed class RecordBitrixFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordBitrixFailure))]
    public Task RunAsync(
        [QueueTrigger(BitrixDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(BitrixDestination.QueueName, message, cancellationToken);
}
