using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messages;

namespace UonOfferum.HttpSenderFunction;

/// <summary>Queue <c>http-orders-poison</c>: writes what was given up into the journal and tells a person.</summary>
public sealed class RecordHttpFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordHttpFailure))]
    public Task RunAsync(
        [QueueTrigger(HttpDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(HttpDestination.QueueName, message, cancellationToken);
}
