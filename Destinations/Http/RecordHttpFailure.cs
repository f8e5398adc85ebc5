using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Destinations.Http;

/// <summary>Queue <c>http-orders-poison</c>: records dead-lettered messages in the journal and notifies an operator.</summary>
public sealed class RecordHttpFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordHttpFailure))]
    public Task RunAsync(
        [QueueTrigger(HttpDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(HttpDestination.QueueName, message, cancellationToken);
}
