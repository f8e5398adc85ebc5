using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>Tries the pipeline's credentials by reads that leave no trace.</summary>
public sealed class PipelineCheck(PipelineCatalog pipelines, IEnumerable<IGateProbe> probes)
{
    public async Task<IResult> RunAsync(string name, CancellationToken cancellationToken)
    {
        if (!pipelines.TryFind(name, out var pipeline))
        {
            return NoPipeline.Answer(pipelines, name);
        }

        var checks = await Task.WhenAll(probes.Where(p => p.Serves(pipeline)).Select(async probe =>
        {
            var result = await probe.ProbeAsync(pipeline, cancellationToken);
            return new CheckView(probe.Gate, result.Works, result.Code, result.Message);
        }));
        return TypedResults.Json(new ChecksView(checks), ApiJson.Types.ChecksView);
    }
}
