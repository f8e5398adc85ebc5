using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.UonWebhookFunction;

/// <summary>Queue <c>uon-records-poison</c>: records dead-lettered messages in the journal and notifies an operator.</summary>
public sealed class RecordUonFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordUonFailure))]
    public Task RunAsync(
        [QueueTrigger(QueueNames.UonRecords + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(QueueNames.UonRecords, message, cancellationToken);
}
