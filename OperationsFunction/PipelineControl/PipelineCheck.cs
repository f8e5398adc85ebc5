using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Hooks;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>Tries the pipeline's credentials by reads without side effects, and checks the webhooks of its U-ON cabinet.</summary>
public sealed class PipelineCheck(PipelineCatalog pipelines, IEnumerable<IHealthProbe> probes, HookWatch hooks, PublicAddress address)
{
    public async Task<IResult> RunAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        if (!pipelines.TryFind(name, out var pipeline))
        {
            return NoPipeline.Answer(pipelines, name);
        }

        var checks = await Task.WhenAll(probes.Where(p => p.Serves(pipeline)).Select(async probe =>
        {
            var result = await probe.ProbeAsync(pipeline, cancellationToken);
            return new CheckView(probe.Breaker, result.Works, result.Code, result.Message);
        }));
        var report = await hooks.CheckAsync(pipeline, address.Of(request.Scheme, request.Host.Value ?? ""), cancellationToken);
        return TypedResults.Json(new ChecksView(checks) { Hooks = HooksView.Of(report) }, PipelineControlJson.Types.ChecksView);
    }
}
