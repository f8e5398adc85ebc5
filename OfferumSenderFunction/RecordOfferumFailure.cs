using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>Queue <c>offerum-orders-poison</c>: records dead-lettered messages in the journal and notifies an operator.</summary>
public sealed class RecordOfferumFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordOfferumFailure))]
    public Task RunAsync(
        [QueueTrigger(OfferumDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(OfferumDestination.QueueName, message, cancellationToken);
}
