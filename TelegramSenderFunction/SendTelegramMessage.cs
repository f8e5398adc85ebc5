using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messages;

namespace UonOfferum.TelegramSenderFunction;

/// <summary>Queue <c>telegram-orders</c>: tells a chat of one record.</summary>
public sealed class SendTelegramMessage(DeliveryStage stage, TelegramDestination telegram)
{
    [Function(nameof(SendTelegramMessage))]
    public Task RunAsync([QueueTrigger(TelegramDestination.QueueName)] QueueMessage message, CancellationToken cancellationToken) =>
        stage.RunAsync(telegram, StageMessageJson.Require(message.Body), cancellationToken);
}
