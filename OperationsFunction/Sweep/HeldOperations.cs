using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.Shared.Chaos;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>
/// Lets held operations go on whose gates are open. Starts from what storage says each time, so a release that was cut off, or an
/// operation that was held a moment too late, goes on with the next run.
/// </summary>
public sealed partial class HeldOperations(
    GateStore gates, OpenOperations open, JournalStore journal, PromiseSender promises, PausePoints pause, TimeProvider time, ILogger<HeldOperations> logger)
{
    public Task ReleaseAsync(Pipeline pipeline, CancellationToken cancellationToken) => ReleaseAsync(pipeline, by: null, cancellationToken);

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="by">The operator who resumed it, for the stories.</param>
    /// <param name="cancellationToken">Ends the walk; the next run goes on.</param>
    public async Task ReleaseAsync(Pipeline pipeline, string? by, CancellationToken cancellationToken)
    {
        var all = (await gates.ReadAsync(pipeline.Name, cancellationToken)).ToDictionary(g => g.Name, StringComparer.Ordinal);
        if (all.TryGetValue(Gate.Pipeline, out var whole) && whole.Closed)
        {
            return;
        }

        await JudgeTrialsAsync(pipeline, all, cancellationToken);
        var budget = new TimeBudget(time);
        var released = 0;
        await foreach (var seen in open.InStateAsync(pipeline.Name, OperationState.Held, cancellationToken))
        {
            if (budget.IsSpent)
            {
                break;
            }

            // The index row tells whether there is anything to do, at no cost while the gate is closed.
            if (Free(seen, all) is not null && await ReleaseAsync(pipeline, seen, all, by, cancellationToken))
            {
                released++;
            }
        }

        if (released > 0)
        {
            Log.Released(logger, pipeline.Name, released);
        }
    }

    private async Task<bool> ReleaseAsync(Pipeline pipeline, Operation seen, Dictionary<string, Gate> all, string? by, CancellationToken cancellationToken)
    {
        if (await journal.ReadAsync(seen.Id, cancellationToken) is not { } entry || Free(entry.Operation, all, by) is not { } next)
        {
            return false;
        }

        foreach (var gate in all.Values.Where(g => g.Trial == "" && WaitsFor(entry.Operation, g.Name)).ToList())
        {
            if (!await gates.ChangeAsync(pipeline.Name, gate, g => g with { Trial = seen.Id.ToString() }, cancellationToken))
            {
                return false;
            }

            all[gate.Name] = gate with { Trial = seen.Id.ToString() };
        }

        if (await journal.UpdateAsync(entry, next, null, cancellationToken) is null)
        {
            return false;
        }

        await pause.ReachAsync(PausePoints.ReleaseJournaled);
        await promises.SendAsync(Promises.Of(next), cancellationToken);
        return true;
    }

    /// <summary>Looks what became of the operation that went first. A gate that failed its trial is closed by then.</summary>
    private async Task JudgeTrialsAsync(Pipeline pipeline, Dictionary<string, Gate> all, CancellationToken cancellationToken)
    {
        foreach (var gate in all.Values.Where(g => !g.Closed && g.Trial is { Length: > 0 }).ToList())
        {
            var parts = gate.Trial!.Split('/');
            var entry = OperationFinder.TryRead(parts[0], parts[1], parts[2], out var id) ? await journal.ReadAsync(id, cancellationToken) : null;
            var verdict = Trials.Judge(gate, entry?.Operation);
            if (verdict != gate.Trial && await gates.ChangeAsync(pipeline.Name, gate, g => g with { Trial = verdict }, cancellationToken))
            {
                all[gate.Name] = gate with { Trial = verdict };
            }
        }
    }

    private Operation? Free(Operation operation, Dictionary<string, Gate> all, string? by = null) =>
        Release.Apply(operation, name => IsFree(operation, name, all), Gate.Uon, Runs.New(time, after: operation.Run), time.GetUtcNow(), by);

    private static bool IsFree(Operation operation, string name, Dictionary<string, Gate> all) =>
        !all.TryGetValue(name, out var gate) || (!gate.Closed && (gate.Trial is null or "" || gate.Trial == operation.Id.ToString()));

    private static bool WaitsFor(Operation operation, string gate) =>
        gate == Gate.Uon ? operation.Enrichment == OperationState.Held : operation.DeliveryTo(gate)?.State == OperationState.Held;

    private static partial class Log
    {
        [LoggerMessage(1612, LogLevel.Warning, "{Pipeline}: {Count} held operations go on")]
        public static partial void Released(ILogger logger, string pipeline, int count);
    }
}
