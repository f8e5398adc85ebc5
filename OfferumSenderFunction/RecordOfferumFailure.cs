using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messages;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>Queue <c>offerum-orders-poison</c>: writes what was given up into the journal and tells a person.</summary>
public sealed class RecordOfferumFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordOfferumFailure))]
    public Task RunAsync(
        [QueueTrigger(OfferumDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(OfferumDestination.QueueName, message, cancellationToken);
}
