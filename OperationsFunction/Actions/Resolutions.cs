using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>What a person's last word makes of an operation. What is sold stays sold. Pure.</summary>
internal static class Resolutions
{
    /// <summary>Somebody saw the order in the destination's cabinet.</summary>
    public static Operation SeenDelivered(Operation operation, string? orderId, IEnumerable<string> destinations)
    {
        // A record that never got as far as a delivery may have been entered by hand: its order id has to be found, too.
        if (operation.Deliveries.IsEmpty)
        {
            operation = destinations.Aggregate(operation, (o, name) =>
                o.With(new Delivery { Destination = name, State = OperationState.Enriched, Attempt = o.Attempt }));
        }

        return Settle(operation, OperationState.Delivered, delivery => delivery with { OrderId = orderId ?? delivery.OrderId, Doubtful = false });
    }

    /// <summary>Never mind. Should it be fetched again one day, a doubt is still there.</summary>
    public static Operation Discarded(Operation operation) =>
        Settle(operation, OperationState.Discarded, delivery => delivery with { Doubtful = delivery.IsInDoubt() });

    private static Operation Settle(Operation operation, OperationState state, Func<Delivery, Delivery> change)
    {
        if (operation.Enrichment != OperationState.Enriched || operation.Deliveries.IsEmpty)
        {
            operation = operation with { Enrichment = state, EnrichAt = null, EnrichError = null };
        }

        // An order under way to another destination is not judged by anybody: its answer is on the way, too.
        return operation.Deliveries
            .Where(delivery => !delivery.State.IsSold() && delivery.State != OperationState.Sending)
            .Aggregate(operation, (o, delivery) => o.With(change(delivery) with { State = state, NextTryAt = null, Error = null }));
    }
}
