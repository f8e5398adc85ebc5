using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>
/// Handles messages of a delivery whose pipeline or destination was removed from the settings: the delivery is held without a message and
/// resumes when the name is back. An order in flight without a result becomes uncertain when its lease ends.
/// </summary>
public sealed class RetiredDeliveries(PipelineRegistry registry, JournalStore journal, DeliveryAttempt attempt, OutboxSender outbox, TimeProvider time)
{
    private const string UnknownDetail = "The process stopped while the order was being sent, and the settings of its destination are gone. Look for the order in the destination's cabinet. If it is there, restore the settings and mark it delivered; if not, restore them to send it again, or discard it.";

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
                case DeliveryStep.Inspect when await attempt.InspectAsync(
                    destination, entry, message, claim => AbandonAsync(destination, entry, claim, message, cancellationToken), cancellationToken):
                    return;
                case DeliveryStep.Inspect:
                    break;
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

    /// <summary>False when a race was lost.</summary>
    private async Task<bool> AbandonAsync(IDestination destination, JournalEntry entry, Claim claim, StageMessage message, CancellationToken cancellationToken)
    {
        var unknown = DeliveryResults.Interrupted(entry.Operation, entry.Operation.DeliveryTo(destination.Name)!, UnknownDetail, time.GetUtcNow());
        if (await journal.UpdateAsync(entry, unknown, claim with { Result = ClaimResult.Uncertain }, cancellationToken) is null)
        {
            return false;
        }

        await outbox.DeadLetterAsync(destination.Queue, message, cancellationToken);
        return true;
    }

    private static PreSend.Hold Hold(IDestination destination) => new(
        ErrorCodes.Retired,
        $"The pipeline or its destination '{destination.Name}' is no longer in the settings. Restore it to resume this delivery, or discard the delivery.");
}
