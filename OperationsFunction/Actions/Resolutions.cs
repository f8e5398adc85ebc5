using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>Applies an operator's resolution to an operation. A sale is final. Pure.</summary>
internal static class Resolutions
{
    /// <summary>An operator saw the order in the destination's cabinet. A record without a delivery may have been entered there manually.</summary>
    public static Operation SeenDelivered(Operation operation, string? orderId, ActionScope scope, IReadOnlyList<string> destinations) =>
        Settle(TakeOver(operation, scope, destinations), scope.Destinations, destinations, DeliveryState.Delivered,
            delivery => delivery with { OrderId = orderId ?? delivery.OrderId, MayHaveArrived = false });

    /// <summary>Closes the operation. If the record is fetched again later, an uncertain delivery stays uncertain.</summary>
    public static Operation Discarded(Operation operation, ActionScope scope, IReadOnlyList<string> destinations)
    {
        var touched = scope.Destinations;
        if (scope.Enrichment)
        {
            operation = operation.EndEnrichment(EnrichmentState.Discarded);
            touched = [.. touched.Where(d => operation.DeliveryTo(d) is not null)];
        }
        else
        {
            operation = TakeOver(operation, scope, destinations);
        }

        return Settle(operation, touched, destinations, DeliveryState.Discarded, delivery => delivery with { MayHaveArrived = delivery.IsInDoubt(), ResendApproved = false });
    }

    /// <summary>The deliveries in scope continue on their own; a running enrichment no longer serves them.</summary>
    public static Operation TakeOver(Operation operation, ActionScope scope, IReadOnlyList<string> destinations)
    {
        if (scope.Enrichment)
        {
            return operation.EndEnrichment(EnrichmentState.Enriched);
        }

        return operation.Enrichment.IsInProgress()
            ? operation with { FetchFor = [.. FetchTargets(operation, destinations).Except(scope.Destinations, StringComparer.Ordinal)] }
            : operation;
    }

    /// <summary>The destinations that this run's enrichment serves.</summary>
    public static IEnumerable<string> FetchTargets(Operation operation, IReadOnlyList<string> destinations) =>
        operation.FetchFor ?? destinations.Where(d => operation.DeliveryTo(d) is not { } delivery || (!delivery.IsReport() && delivery.State.Rule().IsFetchedAgain));

    /// <summary>Once every destination has a delivery with a state of its own, the enrichment's state no longer matters.</summary>
    public static Operation CloseEnrichment(Operation operation, IReadOnlyList<string> destinations) =>
        operation.Enrichment != EnrichmentState.Enriched && operation.Deliveries.Count > 0
        && destinations.All(d => operation.DeliveryTo(d) is { } delivery && !operation.IsResting(delivery))
            ? operation.EndEnrichment(EnrichmentState.Enriched)
            : operation;

    private static Operation Settle(
        Operation operation, IReadOnlyList<string> touched, IReadOnlyList<string> destinations, DeliveryState state, Func<Delivery, Delivery> change)
    {
        foreach (var name in touched)
        {
            var delivery = operation.DeliveryTo(name) ?? new Delivery { Destination = name, State = state, Attempt = operation.Attempt };
            operation = operation.With(change(delivery) with { State = state, NextTryAt = null, Error = null, ResendUnchanged = false, Reports = delivery.Reports?.Clear() });
        }

        return CloseEnrichment(operation, destinations);
    }
}
