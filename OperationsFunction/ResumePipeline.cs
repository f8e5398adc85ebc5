using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.PipelineControl;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/resume</c></summary>
public sealed class ResumePipeline(PipelineSwitch pipelines)
{
    [Function(nameof(ResumePipeline))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/resume")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        pipelines.ResumeAsync(request, name, cancellationToken);
}
