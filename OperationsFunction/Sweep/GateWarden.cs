using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Chaos;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>
/// Opens gates when their system works again. A gate that a probe opened is on trial: one held operation goes first, and the others
/// follow when it found the way free, for a probe cannot see everything that an order meets.
/// </summary>
public sealed partial class GateWarden(
    PipelineCatalog pipelines, GateStore gates, IEnumerable<IGateProbe> probes, HeldOperations held, PausePoints pause, TimeProvider time, ILogger<GateWarden> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var pipeline in pipelines.All)
        {
            foreach (var gate in await gates.ReadAsync(pipeline.Name, cancellationToken))
            {
                if (gate.Closed && gate.ProbeAt <= time.GetUtcNow())
                {
                    await ProbeAsync(pipeline, gate, cancellationToken);
                }
            }

            await held.ReleaseAsync(pipeline, cancellationToken);
        }
    }

    /// <summary>A person opens a gate, and knows better than a probe: no trial. False when it was open.</summary>
    public Task<bool> OpenAsync(Pipeline pipeline, Gate gate, CancellationToken cancellationToken) =>
        gates.ChangeAsync(pipeline.Name, gate, g => Gate.Open(g.Name) with { Since = time.GetUtcNow() }, cancellationToken);

    private async Task ProbeAsync(Pipeline pipeline, Gate gate, CancellationToken cancellationToken)
    {
        // A system that offers nothing harmless to ask is asked by the record on trial; each failure doubles the wait for the next.
        var result = probes.FirstOrDefault(p => p.Gate == gate.Name && p.Serves(pipeline)) is { } probe
            ? await probe.ProbeAsync(pipeline, cancellationToken)
            : new ProbeResult(true, "There is nothing to probe it by: one record goes first.");
        Log.Probed(logger, pipeline.Name, gate.Name, result.Works, result.Message);
        await gates.ChangeAsync(pipeline.Name, gate, g => result.Works ? OnTrial(g) : StillClosed(g, result.Message), cancellationToken);
        if (result.Works)
        {
            await pause.ReachAsync(PausePoints.GateOpened);
        }
    }

    private Gate OnTrial(Gate gate) => Gate.Open(gate.Name) with { Since = time.GetUtcNow(), Probes = gate.Probes, Trial = "" };

    private Gate StillClosed(Gate gate, string message) => gate with
    {
        Probes = gate.Probes + 1,
        Message = message,
        ProbeAt = time.GetUtcNow() + GateStore.ProbeWait(gate.Probes + 1),
    };

    private static partial class Log
    {
        [LoggerMessage(1611, LogLevel.Information, "{Pipeline}: probed {Gate}, works: {Works}. {Message}")]
        public static partial void Probed(ILogger logger, string pipeline, string gate, bool works, string message);
    }
}
