using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messages;

namespace UonOfferum.TelegramSenderFunction;

/// <summary>Queue <c>telegram-orders-poison</c>: writes what was given up into the journal and tells a person.</summary>
public sealed class RecordTelegramFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordTelegramFailure))]
    public Task RunAsync(
        [QueueTrigger(TelegramDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(TelegramDestination.QueueName, message, cancellationToken);
}
