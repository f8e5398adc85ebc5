using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Destinations.Telegram;

/// <summary>Queue <c>telegram-orders</c>: sends a message about one record to a chat.</summary>
public sealed class SendTelegramMessage(QueuedDelivery queued, TelegramDestination telegram)
{
    [Function(nameof(SendTelegramMessage))]
    public Task RunAsync([QueueTrigger(TelegramDestination.QueueName)] QueueMessage message, CancellationToken cancellationToken) =>
        queued.RunAsync(telegram, message, cancellationToken);
}
