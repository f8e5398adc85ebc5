using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>How a pipeline stands after a switch: which of its gates are closed, and why.</summary>
public sealed record PipelineGatesView(string Pipeline, IReadOnlyList<GateView> Closed);

public sealed record GateView(string Gate, string? Code, string? Message, DateTimeOffset Since);

/// <summary>
/// Pauses and resumes a pipeline by its gate. Paused, webhooks are still taken and kept: work waits, nothing is refused. Resuming
/// also opens what wrong credentials closed, for a person who has mended them knows better than the next probe.
/// </summary>
public sealed class PipelineSwitch(PipelineCatalog pipelines, GateStore gates, GateWarden warden, HeldOperations held, TimeProvider time)
{
    public async Task<IResult> PauseAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        if (!pipelines.TryFind(name, out var pipeline))
        {
            return NoPipeline.Answer(pipelines, name);
        }

        var who = OperatorName.Of(request) is { } by ? $"a person ({by})" : "a person";
        var gate = new Gate(Gate.Pipeline, true, Gate.Paused, $"The pipeline is paused by {who}. Resume it to go on.", time.GetUtcNow(), null, 0);
        await gates.CloseAsync(pipeline.Name, gate, cancellationToken);
        return await ViewAsync(pipeline, cancellationToken);
    }

    public async Task<IResult> ResumeAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        if (!pipelines.TryFind(name, out var pipeline))
        {
            return NoPipeline.Answer(pipelines, name);
        }

        foreach (var gate in (await gates.ReadAsync(pipeline.Name, cancellationToken)).Where(g => g.Closed))
        {
            await warden.OpenAsync(pipeline, gate, cancellationToken);
        }

        await held.ReleaseAsync(pipeline, OperatorName.Of(request), cancellationToken);

        return await ViewAsync(pipeline, cancellationToken);
    }

    private async Task<IResult> ViewAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var closed = (await gates.ReadAsync(pipeline.Name, cancellationToken)).Where(g => g.Closed);
        return TypedResults.Json(
            new PipelineGatesView(pipeline.Name, [.. closed.Select(g => new GateView(g.Name, g.Code, g.Message, g.Since))]),
            ApiJson.Types.PipelineGatesView);
    }
}
