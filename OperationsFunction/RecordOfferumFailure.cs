using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.OperationsFunction.Failures;
using UonOfferum.Shared.Messages;

namespace UonOfferum.OperationsFunction;

/// <summary>Queue <c>offerum-orders-poison</c>: writes what was given up into the journal and tells a person.</summary>
public sealed class RecordOfferumFailure(FailureRecorder recorder)
{
    [Function(nameof(RecordOfferumFailure))]
    public Task RunAsync(
        [QueueTrigger(OfferumDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(OfferumDestination.QueueName, message, cancellationToken);
}
