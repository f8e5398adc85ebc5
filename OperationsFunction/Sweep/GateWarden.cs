using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Chaos;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>
/// Opens gates when their system works again, and lets held operations go on. Runs every minute and starts from what storage says, so
/// a release that was cut off goes on by itself.
/// </summary>
public sealed partial class GateWarden(
    PipelineCatalog pipelines,
    GateStore gates,
    IEnumerable<IGateProbe> probes,
    OpenOperations open,
    JournalStore journal,
    PromiseSender promises,
    PausePoints pause,
    TimeProvider time,
    ILogger<GateWarden> logger)
{
    private const string EnrichGate = "uon";

    private static readonly TimeSpan LongestProbeWait = TimeSpan.FromMinutes(15);

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

            await ReleaseAsync(pipeline, cancellationToken);
        }
    }

    /// <summary>A person opens a gate; false when it was open.</summary>
    public async Task<bool> OpenAsync(Pipeline pipeline, string gate, CancellationToken cancellationToken)
    {
        var opened = await gates.ChangeAsync(pipeline.Name, gate, g => Opened(g), cancellationToken);
        await ReleaseAsync(pipeline, cancellationToken);
        return opened;
    }

    private async Task ProbeAsync(Pipeline pipeline, Gate gate, CancellationToken cancellationToken)
    {
        if (probes.FirstOrDefault(p => p.Gate == gate.Name) is not { } probe)
        {
            return;
        }

        var result = await probe.ProbeAsync(pipeline, cancellationToken);
        Log.Probed(logger, pipeline.Name, gate.Name, result.Works, result.Message);
        await gates.ChangeAsync(pipeline.Name, gate.Name, g => result.Works ? Opened(g) : StillClosed(g, result.Message), cancellationToken);
    }

    private Gate Opened(Gate gate) => Gate.Open(gate.Name) with { Since = time.GetUtcNow() };

    private Gate StillClosed(Gate gate, string message)
    {
        var wait = GateKeeper.FirstProbe * Math.Pow(2, Math.Min(gate.Probes + 1, 10));
        return gate with
        {
            Probes = gate.Probes + 1,
            Message = message,
            ProbeAt = time.GetUtcNow() + (wait < LongestProbeWait ? wait : LongestProbeWait),
        };
    }

    /// <summary>One after another: a destination that just came back is not run over, and each is durable before the next.</summary>
    private async Task ReleaseAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var closed = (await gates.ReadAsync(pipeline.Name, cancellationToken)).Where(g => g.Closed).Select(g => g.Name).ToHashSet(StringComparer.Ordinal);
        if (closed.Contains(Gate.Pipeline))
        {
            return;
        }

        var released = 0;
        await foreach (var seen in open.InStateAsync(pipeline.Name, OperationState.Held, cancellationToken))
        {
            if (await journal.ReadAsync(seen.Id, cancellationToken) is { } entry
                && Release.Apply(entry.Operation, name => !closed.Contains(name), EnrichGate, Runs.New(time), time.GetUtcNow()) is { } next
                && await journal.UpdateAsync(entry, next, null, cancellationToken) is not null)
            {
                await pause.ReachAsync(PausePoints.ReleaseJournaled);
                await promises.SendAsync(Promises.Of(next), cancellationToken);
                released++;
            }
        }

        if (released > 0)
        {
            Log.Released(logger, pipeline.Name, released);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1611, LogLevel.Information, "{Pipeline}: probed {Gate}, works: {Works}. {Message}")]
        public static partial void Probed(ILogger logger, string pipeline, string gate, bool works, string message);

        [LoggerMessage(1612, LogLevel.Warning, "{Pipeline}: {Count} held operations go on")]
        public static partial void Released(ILogger logger, string pipeline, int count);
    }
}
