using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messages;

namespace UonOfferum.UonWebhookFunction;

/// <summary>Queue <c>uon-records-poison</c>: writes what was given up into the journal and tells a person.</summary>
public sealed class RecordUonFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordUonFailure))]
    public Task RunAsync(
        [QueueTrigger(QueueNames.UonRecords + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(QueueNames.UonRecords, message, cancellationToken);
}
