using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>What a message of a delivery stage has to do, according to the journal.</summary>
internal enum DeliveryStep
{
    /// <summary>Nothing: it is stale, or the delivery needs no message.</summary>
    Drop,

    /// <summary>The journal is ahead: send its outbox messages and complete.</summary>
    Republish,

    /// <summary>Already given up, but the poison queue may not have the message.</summary>
    GiveUp,

    /// <summary>It is claimed: check whether the lease has expired.</summary>
    Inspect,

    /// <summary>Claim and send.</summary>
    Send,
}

/// <summary>Redelivery (rule 3) for deliveries. Pure.</summary>
internal static class DeliverySteps
{
    /// <summary>A message this early counts as on time, because storage uses whole seconds.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    public static DeliveryStep Next(Operation operation, string destination, StageMessage message, DateTimeOffset now)
    {
        if (operation.DeliveryTo(destination) is not { } delivery)
        {
            return DeliveryStep.Drop;
        }

        if (delivery.State.NeedsOperator())
        {
            // For any run or attempt: a newer run does not change such a delivery, a late reply can arrive after a newer attempt
            // was sent, and this may be the last message about it. A duplicate notification is better than none.
            return DeliveryStep.GiveUp;
        }

        if (message.Run != operation.Run || operation.IsResting(delivery))
        {
            return DeliveryStep.Drop;
        }

        var current = message.Attempt == delivery.Attempt;
        return delivery.State switch
        {
            DeliveryState.Enriched or DeliveryState.Waiting or DeliveryState.UncertainResending => Due(delivery, current, now),
            DeliveryState.Sending => current ? DeliveryStep.Inspect : DeliveryStep.Republish,
            _ => DeliveryStep.Drop,
        };
    }

    private static DeliveryStep Due(Delivery delivery, bool current, DateTimeOffset now) =>
        current && (delivery.NextTryAt is not { } at || at <= now + Early) ? DeliveryStep.Send : DeliveryStep.Republish;
}
