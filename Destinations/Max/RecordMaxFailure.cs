using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Destinations.Max;

/// <summary>Queue <c>max-orders-poison</c>: records dead-lettered messages in the journal and notifies an operator.</summary>
public sealed class RecordMaxFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordMaxFailure))]
    public Task RunAsync(
        [QueueTrigger(MaxDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(MaxDestination.QueueName, message, cancellationToken);
}
