using Azure.Storage.Queues.Models;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Called by the function of a delivery queue: reads the message and passes it to the stage.</summary>
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
