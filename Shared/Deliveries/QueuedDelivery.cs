using Azure.Storage.Queues.Models;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Shared.Deliveries;

/// <summary>What the function of a delivery queue calls: reads the message and hands it to the stage.</summary>
public sealed class QueuedDelivery(StageMessageReader reader, DeliveryStage stage)
{
    /// <inheritdoc cref="DeliveryStage.RunAsync"/>
    public async Task RunAsync(IDestination destination, QueueMessage message, CancellationToken stopping)
    {
        if (await reader.ReadAsync(destination.Queue, message, CancellationToken.None) is { } read)
        {
            await stage.RunAsync(destination, read, stopping);
        }
    }
}
