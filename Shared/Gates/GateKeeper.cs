using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.Shared.Gates;

/// <summary>Closes gates by what answers say: at once for wrong credentials, after a run of failures for an outage.</summary>
public sealed partial class GateKeeper(GateStore store, Proving proving, TimeProvider time, ILogger<GateKeeper> logger)
{
    /// <summary>Transient failures of this many different operations in a row, with no success between, are an outage.</summary>
    public const int OutageAfter = 5;

    private readonly ConcurrentDictionary<(string Pipeline, string Gate), ConcurrentDictionary<OperationId, byte>> _failing = new();

    public ValueTask<Gate?> ClosedAsync(Pipeline pipeline, string name, CancellationToken cancellationToken) =>
        store.ClosedAsync(pipeline.Name, name, cancellationToken);

    /// <summary>Learns from a destination's answer.</summary>
    public async ValueTask LearnAsync(
        Pipeline pipeline, string name, OperationId operation, DeliveryReply reply, CancellationToken cancellationToken)
    {
        switch (reply.Outcome)
        {
            case DeliveryOutcome.Misconfigured:
                await CloseAsync(pipeline, name, ErrorCodes.Denied(name), Sentence(reply), cancellationToken);
                break;
            case DeliveryOutcome.Transient or DeliveryOutcome.Uncertain:
                await FailedAsync(pipeline, name, operation, ErrorCodes.Unavailable(name), Sentence(reply), cancellationToken);
                break;
            default:
                Succeeded(pipeline, name);
                break;
        }
    }

    public void Succeeded(Pipeline pipeline, string name)
    {
        if (_failing.TryGetValue((pipeline.Name, name), out var failing) && !failing.IsEmpty)
        {
            failing.Clear();
        }
    }

    public async ValueTask FailedAsync(
        Pipeline pipeline, string name, OperationId operation, string code, string message, CancellationToken cancellationToken)
    {
        var failing = _failing.GetOrAdd((pipeline.Name, name), _ => new ConcurrentDictionary<OperationId, byte>());
        failing[operation] = 0;
        if (failing.Count >= OutageAfter)
        {
            failing.Clear();
            await CloseAsync(pipeline, name, code, message, cancellationToken);
        }
    }

    public async Task CloseAsync(Pipeline pipeline, string name, string code, string message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        proving.Forget(pipeline.Name, name);
        if (await store.CloseAsync(pipeline.Name, new Gate(name, true, code, message, now, now + GateStore.FirstProbe, 0), cancellationToken))
        {
            Meters.GateClosed(name, code);
            Log.Closed(logger, pipeline.Name, name, code, message);
        }
    }

    private static string Sentence(DeliveryReply reply) => reply.Detail is { } words ? words + "." : "";

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Error, "{Pipeline}: {Gate} is held, {Code}: {Reason} Records wait and go on by themselves once it works")]
        public static partial void Closed(ILogger logger, string pipeline, string gate, string code, string reason);
    }
}
