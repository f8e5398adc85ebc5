using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Destinations.AmoCrm;

/// <summary>Queue <c>amo-orders-poison</c>: records dead-lettered messages in the journal and notifies an operator.</summary>
public sealed class RecordAmoFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordAmoFailure))]
    public Task RunAsync(
        [QueueTrigger(AmoDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(AmoDestination.QueueName, message, cancellationToken);
}
