using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>A pipeline's state after a switch: which circuit breakers are open, and why.</summary>
public sealed record PipelineBreakersView(string Pipeline, IReadOnlyList<OpenBreakerView> Open)
{
    /// <summary>The former name of <see cref="Open"/>, kept for one version.</summary>
    public IReadOnlyList<OpenBreakerView> Closed => Open;
}

public sealed record OpenBreakerView(string Breaker, string? Code, string? Message, DateTimeOffset Since)
{
    /// <summary>The former name of <see cref="Breaker"/>, kept for one version.</summary>
    public string Gate => Breaker;
}

/// <summary>
/// Pauses and resumes a pipeline by its circuit breaker. A paused pipeline still accepts and keeps webhooks: work is held, nothing is
/// refused. Resuming also closes the breakers that wrong credentials opened, so a fix takes effect before the next probe.
/// </summary>
public sealed class PipelineSwitch(PipelineCatalog pipelines, CircuitBreakerStore breakers, BreakerRecovery recovery, BreakerSignal signal, TimeProvider time)
{
    public async Task<IResult> PauseAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        if (!pipelines.TryFind(name, out var pipeline))
        {
            return NoPipeline.Answer(pipelines, name);
        }

        var who = OperatorName.Of(request) is { } by ? $"an operator ({by})" : "an operator";
        var breaker = new CircuitBreakerState(CircuitBreakerState.Pipeline, true, CircuitBreakerState.Paused, $"The pipeline is paused by {who}. Resume it to continue.", time.GetUtcNow(), null, 0);
        await breakers.OpenAsync(pipeline.Name, breaker, cancellationToken);
        return await ViewAsync(pipeline, cancellationToken);
    }

    public async Task<IResult> ResumeAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        if (!pipelines.TryFind(name, out var pipeline))
        {
            return NoPipeline.Answer(pipelines, name);
        }

        foreach (var breaker in (await breakers.ReadAsync(pipeline.Name, cancellationToken)).Where(b => b.IsOpen))
        {
            await recovery.CloseAsync(pipeline, breaker, cancellationToken);
        }

        // Thousands may be held: BreakerClock releases them after the response, or the timer does if this process ends.
        signal.Raise(pipeline.Name, OperatorName.Of(request));
        return await ViewAsync(pipeline, cancellationToken);
    }

    private async Task<IResult> ViewAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var open = (await breakers.ReadAsync(pipeline.Name, cancellationToken)).Where(b => b.IsOpen);
        return TypedResults.Json(
            new PipelineBreakersView(pipeline.Name, [.. open.Select(b => new OpenBreakerView(b.Name, b.Code, b.Message, b.Since))]),
            PipelineControlJson.Types.PipelineBreakersView);
    }
}
