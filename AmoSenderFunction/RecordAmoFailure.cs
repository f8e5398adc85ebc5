using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messages;

namespace UonOfferum.AmoSenderFunction;

/// <summary>Queue <c>amo-orders-poison</c>: writes what was given up into the journal and tells a person.</summary>
public sealed class RecordAmoFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordAmoFailure))]
    public Task RunAsync(
        [QueueTrigger(AmoDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(AmoDestination.QueueName, message, cancellationToken);
}
