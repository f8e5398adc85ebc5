using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Gates;

/// <summary>Lets held operations go on: a new run for those whose gates are open again. Pure.</summary>
public static class Release
{
    /// <summary>The operation released; null when everything it waits for is still closed.</summary>
    /// <param name="operation">Held as a whole or in some deliveries.</param>
    /// <param name="isOpen">Whether work may go through the gate of this name.</param>
    /// <param name="enrichGate">Name of the gate before the enrichment.</param>
    /// <param name="run">A fresh run.</param>
    /// <param name="now">The time of the release.</param>
    /// <param name="by">The operator who resumed the pipeline, if one did and gave a name.</param>
    public static Operation? Apply(
        Operation operation, Func<string, bool> isOpen, string enrichGate, string run, DateTimeOffset now, string? by = null)
    {
        if (operation.Enrichment == OperationState.Held)
        {
            return isOpen(enrichGate)
                ? (operation with
                {
                    Run = run,
                    Attempt = 1,
                    Enrichment = OperationState.Waiting,
                    EnrichAt = null,
                    EnrichError = null,
                }).Tell(now, EventNames.Released, by is null ? null : $"by {by}")
                : null;
        }

        var released = operation.Deliveries.Where(d => d.State == OperationState.Held && isOpen(d.Destination)).ToList();
        if (operation.Enrichment != OperationState.Enriched || released.Count == 0)
        {
            return null;
        }

        // Deliveries under way belong to the run in force, and their messages name it. Only what rests may get a new one.
        if (operation.Deliveries.Any(d => d.State is OperationState.Enriched or OperationState.Sending or OperationState.Waiting
            || d is { State: OperationState.Uncertain, NextTryAt: not null }))
        {
            run = operation.Run;
        }

        var newRun = run != operation.Run;
        operation = operation with { Attempt = newRun ? 1 : operation.Attempt, Run = run };
        foreach (var delivery in released)
        {
            // The same run needs a higher attempt: a message of the held attempt may still be about.
            operation = operation.With(delivery with
            {
                State = OperationState.Enriched,
                Attempt = newRun ? 1 : delivery.Attempt + 1,
                NextTryAt = null,
                Error = null,
            });
        }

        return operation.Tell(now, EventNames.Released, string.Join(", ", released.Select(d => d.Destination)) + (by is null ? "" : $" (by {by})"));
    }
}
