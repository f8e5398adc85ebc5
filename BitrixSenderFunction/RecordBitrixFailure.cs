using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messages;

namespace UonOfferum.BitrixSenderFunction;

/// <summary>Queue <c>bitrix-orders-poison</c>: writes what was given up into the journal and tells a person.</summary>
public sealed class RecordBitrixFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordBitrixFailure))]
    public Task RunAsync(
        [QueueTrigger(BitrixDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(BitrixDestination.QueueName, message, cancellationToken);
}
