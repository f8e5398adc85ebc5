using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;

namespace UonOfferum.Shared.Deliveries;

/// <summary>What a message of a delivery stage has to do, judged by what the journal knows.</summary>
internal enum DeliveryStep
{
    /// <summary>Nothing: it is stale, or the delivery needs no message.</summary>
    Drop,

    /// <summary>The journal is ahead: send what it promises and complete.</summary>
    KeepPromise,

    /// <summary>Given up already, but perhaps the poison queue was not told.</summary>
    GiveUp,

    /// <summary>Somebody claimed it: see whether the lease is over.</summary>
    Inspect,

    /// <summary>Claim and send.</summary>
    Send,
}

/// <summary>Redelivery (rule 3) for deliveries. Pure.</summary>
internal static class DeliverySteps
{
    /// <summary>A message this much early is on time: storage counts whole seconds.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    public static DeliveryStep Next(Operation operation, string destination, StageMessage message, DateTimeOffset now)
    {
        if (operation.DeliveryTo(destination) is not { } delivery)
        {
            return DeliveryStep.Drop;
        }

        if (DeliveryResults.NeedsPerson(delivery))
        {
            // Whatever run or attempt it is of: a newer run leaves such a delivery alone, a late answer can come after a newer attempt
            // was promised, and this message may be the last that knows of it. A person told twice is better than none.
            return DeliveryStep.GiveUp;
        }

        if (message.Run != operation.Run || operation.Enrichment != OperationState.Enriched)
        {
            return DeliveryStep.Drop;
        }

        var current = message.Attempt == delivery.Attempt;
        return delivery.State switch
        {
            OperationState.Enriched or OperationState.Waiting => Due(delivery, current, now),
            OperationState.Uncertain => Due(delivery, current, now),
            OperationState.Sending => current ? DeliveryStep.Inspect : DeliveryStep.KeepPromise,
            _ => DeliveryStep.Drop,
        };
    }

    private static DeliveryStep Due(Delivery delivery, bool current, DateTimeOffset now) =>
        current && (delivery.NextTryAt is not { } at || at <= now + Early) ? DeliveryStep.Send : DeliveryStep.KeepPromise;
}
