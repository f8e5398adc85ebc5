using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Destinations.Telegram;

/// <summary>Queue <c>telegram-orders-poison</c>: records dead-lettered messages in the journal and notifies an operator.</summary>
public sealed class RecordTelegramFailure(IFailureRecorder recorder)
{
    [Function(nameof(RecordTelegramFailure))]
    public Task RunAsync(
        [QueueTrigger(TelegramDestination.QueueName + QueueNames.PoisonSuffix)] QueueMessage message, CancellationToken cancellationToken) =>
        recorder.RunAsync(TelegramDestination.QueueName, message, cancellationToken);
}
