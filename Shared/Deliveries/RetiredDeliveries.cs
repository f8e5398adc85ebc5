using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>
/// Handles messages of a delivery whose pipeline or destination was removed from the settings: the delivery is held without a message and
/// resumes when the name is back.
/// </summary>
public sealed class RetiredDeliveries(PipelineRegistry registry, JournalStore journal, OutboxSender outbox, TimeProvider time)
{
    /// <summary>For an order that was in flight when its settings were removed: its result is read when they are back.</summary>
    private static readonly TimeSpan InspectAgainAfter = TimeSpan.FromMinutes(10);

    /// <exception cref="InvalidOperationException">The operation is not in the journal.</exception>
    public async Task HoldAsync(IDestination destination, StageMessage message, CancellationToken cancellationToken)
    {
        var id = message.OperationId();
        await registry.RememberAsync(id.Pipeline, cancellationToken);
        while (true)
        {
            var entry = await journal.ReadAsync(id, cancellationToken)
                ?? throw new InvalidOperationException($"{id} is not in the journal, although its message is on {destination.Queue}. Its pipeline is not in the settings either: restore it and replay the record.");
            var now = time.GetUtcNow();
            switch (DeliverySteps.Next(entry.Operation, destination.Name, message, now))
            {
                case DeliveryStep.Republish:
                    await outbox.SendAsync(Outbox.Of(entry.Operation).Where(m => m.Destination == destination.Name), cancellationToken);
                    return;
                case DeliveryStep.GiveUp:
                    await outbox.DeadLetterAsync(destination.Queue, message, cancellationToken);
                    return;
                case DeliveryStep.Inspect:
                    await outbox.DeferAsync(destination.Queue, message, now + InspectAgainAfter, cancellationToken);
                    return;
                case DeliveryStep.Send:
                    if (await journal.UpdateAsync(entry, PreSendResults.Apply(entry.Operation, destination.Name, Hold(destination), now), null, cancellationToken) is not null)
                    {
                        return;
                    }

                    break;
                default:
                    return;
            }
        }
    }

    private static PreSend.Hold Hold(IDestination destination) => new(
        ErrorCodes.Retired,
        $"The pipeline or its destination '{destination.Name}' is no longer in the settings. Restore it to resume this delivery, or discard the delivery.");
}
