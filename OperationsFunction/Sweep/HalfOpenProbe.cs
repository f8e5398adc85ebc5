using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>Classifies the outcome of the one operation that a half-open breaker let through. Pure.</summary>
public static class HalfOpenProbe
{
    /// <summary>The breaker's next <see cref="CircuitBreakerState.ProbeOperation"/>: null when the operation succeeded, "" when another must go first, the same while it is undecided.</summary>
    /// <param name="operation">That operation; null when it is gone.</param>
    public static string? Classify(CircuitBreakerState breaker, Operation? operation)
    {
        if (operation is null)
        {
            return "";
        }

        if (breaker.Name == CircuitBreakerState.Uon)
        {
            return operation.Enrichment switch
            {
                EnrichmentState.Held => "",
                EnrichmentState.Waiting when operation.EnrichAt is null => breaker.ProbeOperation,
                EnrichmentState.Waiting when operation.EnrichError?.Code == ErrorCodes.UonUnavailable => "",
                _ => null,
            };
        }

        return operation.DeliveryTo(breaker.Name)?.State switch
        {
            DeliveryState.Enriched or DeliveryState.Sending => breaker.ProbeOperation,
            DeliveryState.Held or DeliveryState.Waiting or DeliveryState.UncertainResending or DeliveryState.Uncertain or DeliveryState.Failed or DeliveryState.Skipped => "",
            _ => null,
        };
    }
}
