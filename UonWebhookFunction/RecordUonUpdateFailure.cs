using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Messaging;
using UonOfferum.UonWebhookFunction.WriteBack;

namespace UonOfferum.UonWebhookFunction;

/// <summary>Queue <c>uon-updates-poison</c>: records dead-lettered messages in the journal and notifies an operator.</summary>
public sealed class RecordUonUpdateFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordUonUpdateFailure))]
    public Task RunAsync(
        [QueueTrigger(WriteBackDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(WriteBackDestination.QueueName, message, cancellationToken);
}
