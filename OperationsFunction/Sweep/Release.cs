using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>Releases held operations: starts a new run for those whose circuit breakers let work through. Pure.</summary>
public static class Release
{
    /// <summary>The released operation; null when every breaker it waits for still blocks it.</summary>
    /// <param name="operation">Held as a whole or in some deliveries.</param>
    /// <param name="mayPass">Whether the breaker of this name lets this operation through.</param>
    /// <param name="enrichBreaker">Name of the breaker that guards the enrichment.</param>
    /// <param name="run">A fresh run.</param>
    /// <param name="now">The time of the release.</param>
    /// <param name="by">The operator who resumed the pipeline, if one did and gave a name.</param>
    public static Operation? Apply(
        Operation operation, Func<string, bool> mayPass, string enrichBreaker, string run, DateTimeOffset now, string? by = null)
    {
        if (operation.Enrichment == EnrichmentState.Held && mayPass(enrichBreaker))
        {
            return (operation with
            {
                Run = run,
                Attempt = 1,
                Enrichment = EnrichmentState.Waiting,
                EnrichAt = null,
                EnrichError = null,
            }).WithEvent(now, EventNames.Released, by is null ? null : $"by {by}");
        }

        var released = operation.Deliveries.Where(d => d.State == DeliveryState.Held && !operation.IsResting(d) && mayPass(d.Destination)).ToList();
        if (released.Count == 0)
        {
            return null;
        }

        return operation.Reopen(released, run).WithEvent(now, EventNames.Released, string.Join(", ", released.Select(d => d.Destination)) + (by is null ? "" : $" (by {by})"));
    }
}
