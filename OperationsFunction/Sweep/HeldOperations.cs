using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>
/// Releases held operations whose circuit breakers let work through. Each run starts from storage, so the next run completes an
/// interrupted release and picks up an operation that was held a moment too late. A half-open breaker is probed by an operation other than
/// the one that failed last.
/// </summary>
public sealed partial class HeldOperations(
    CircuitBreakerStore breakers, OpenOperations open, IEnumerable<IDestination> destinations, JournalStore journal, OutboxSender outbox, FailPoints failPoints, TimeProvider time, ILogger<HeldOperations> logger)
{
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="by">The operator who resumed it, for the stories; null: no operator did.</param>
    /// <param name="cancellationToken">Ends the walk; the next run continues it.</param>
    public async Task ReleaseAsync(Pipeline pipeline, string? by, CancellationToken cancellationToken)
    {
        var all = (await breakers.ReadAsync(pipeline.Name, cancellationToken)).ToDictionary(b => b.Name, StringComparer.Ordinal);
        if (all.TryGetValue(CircuitBreakerState.Pipeline, out var whole) && whole.IsOpen)
        {
            return;
        }

        await ClassifyProbesAsync(pipeline, all, cancellationToken);
        var budget = new TimeBudget(time);
        var released = 0;
        Operation? failedLast = null;
        await foreach (var seen in open.InStateAsync(pipeline.Name, OperationState.Held, cancellationToken))
        {
            if (budget.IsSpent)
            {
                break;
            }

            // The index row shows whether there is anything to do, at no cost while the breaker is open.
            if (seen.Parked is not null && IsFree(seen, CircuitBreakerState.Uon, all))
            {
                released += await BeginParkedAsync(seen.Id, cancellationToken) ? 1 : 0;
                continue;
            }

            if (Free(pipeline, seen, all) is null)
            {
                continue;
            }

            if (all.Values.Any(b => b.ProbeOperation == "" && b.LastFailed == seen.Id.ToString()))
            {
                failedLast ??= seen;
                continue;
            }

            if (await ReleaseAsync(pipeline, seen, all, by, cancellationToken))
            {
                released++;
            }
        }

        // No other operation is held, so this one is the probe: a lead must not wait until another one arrives.
        if (failedLast is not null && Free(pipeline, failedLast, all) is not null && await ReleaseAsync(pipeline, failedLast, all, by, cancellationToken))
        {
            released++;
        }

        if (released > 0)
        {
            Log.Released(logger, pipeline.Name, released);
        }
    }

    private async Task<bool> ReleaseAsync(Pipeline pipeline, Operation seen, Dictionary<string, CircuitBreakerState> all, string? by, CancellationToken cancellationToken)
    {
        if (await journal.TryReadAsync(seen.Id, cancellationToken) is not { } entry || Free(pipeline, entry.Operation, all, by) is not { } next)
        {
            return false;
        }

        foreach (var breaker in all.Values.Where(b => b.ProbeOperation == "" && WaitsFor(entry.Operation, b.Name)).ToList())
        {
            if (!await breakers.ChangeAsync(pipeline.Name, breaker, b => b with { ProbeOperation = seen.Id.ToString() }, cancellationToken))
            {
                return false;
            }

            all[breaker.Name] = breaker with { ProbeOperation = seen.Id.ToString() };
        }

        if (await journal.UpdateAsync(entry, next, null, cancellationToken) is null
            && (await journal.TryReadAsync(seen.Id, cancellationToken))?.Operation.Events.Contains(next.Events[^1]) != true)
        {
            return false;
        }

        // Written, even if the reply to it was lost: then the storage client repeated its write and found its own row.
        await failPoints.HitAsync(FailPoints.ReleaseJournaled);
        await outbox.SendAsync(Outbox.Of(next), cancellationToken);
        return true;
    }

    /// <summary>Sends the message first: it may be duplicated, but must not be lost. The next run releases other held deliveries of the operation.</summary>
    private async Task<bool> BeginParkedAsync(OperationId id, CancellationToken cancellationToken)
    {
        if (await journal.TryReadAsync(id, cancellationToken) is not { Operation.Parked: { } parked } entry)
        {
            return false;
        }

        // What began meanwhile without a fetch has a newer run than the one that was parked, whose message would be dropped.
        var run = RunId.Compare(parked.Run, entry.Operation.Run) > 0 ? parked.Run : RunId.New(time, after: entry.Operation.Run);
        await outbox.SendAsync([Outbox.Of(id, parked with { Run = run })], cancellationToken);
        return await journal.UpdateAsync(entry, entry.Operation with { Parked = null }, null, cancellationToken) is not null;
    }

    /// <summary>Reads the outcome of each probe operation. A breaker whose probe operation failed has reopened by then.</summary>
    private async Task ClassifyProbesAsync(Pipeline pipeline, Dictionary<string, CircuitBreakerState> all, CancellationToken cancellationToken)
    {
        foreach (var breaker in all.Values.Where(b => !b.IsOpen && b.ProbeOperation is { Length: > 0 }).ToList())
        {
            var parts = breaker.ProbeOperation!.Split('/');
            var entry = OperationFinder.TryRead(parts[0], parts[1], parts[2], out var id) ? await journal.TryReadAsync(id, cancellationToken) : null;
            var verdict = HalfOpenProbe.Classify(breaker, entry?.Operation);
            if (verdict != breaker.ProbeOperation && await breakers.ChangeAsync(pipeline.Name, breaker, b => b with { ProbeOperation = verdict }, cancellationToken))
            {
                all[breaker.Name] = breaker with { ProbeOperation = verdict };
            }
        }
    }

    private Operation? Free(Pipeline pipeline, Operation operation, Dictionary<string, CircuitBreakerState> all, string? by = null) =>
        Release.Apply(operation, name => IsServed(pipeline, name) && IsFree(operation, name, all), CircuitBreakerState.Uon, RunId.New(time, after: operation.Run), time.GetUtcNow(), by);

    /// <summary>A delivery held for a removed destination stays held until the destination is back.</summary>
    private bool IsServed(Pipeline pipeline, string name) => name == CircuitBreakerState.Uon || destinations.Any(d => d.Name == name && d.Serves(pipeline));

    private static bool IsFree(Operation operation, string name, Dictionary<string, CircuitBreakerState> all) =>
        !all.TryGetValue(name, out var breaker) || (!breaker.IsOpen && (breaker.ProbeOperation is null or "" || breaker.ProbeOperation == operation.Id.ToString()));

    private static bool WaitsFor(Operation operation, string breaker) =>
        breaker == CircuitBreakerState.Uon ? operation.Enrichment == EnrichmentState.Held : operation.DeliveryTo(breaker) is { State: DeliveryState.Held } delivery && !operation.IsResting(delivery);

    private static partial class Log
    {
        [LoggerMessage(1612, LogLevel.Warning, "{Pipeline}: released {Count} held operations")]
        public static partial void Released(ILogger logger, string pipeline, int count);
    }
}
