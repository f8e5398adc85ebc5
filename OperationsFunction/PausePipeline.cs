using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.PipelineControl;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/pause</c></summary>
public sealed class PausePipeline(PipelineSwitch pipelines)
{
    [Function(nameof(PausePipeline))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/pause")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        pipelines.PauseAsync(request, name, cancellationToken);
}
