using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.PipelineControl;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET pipelines</c>: the pipelines with their effective settings.</summary>
public sealed class ListPipelines(PipelineList pipelines)
{
    [Function(nameof(ListPipelines))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "pipelines")] HttpRequest request,
        CancellationToken cancellationToken) =>
        pipelines.GetAsync(cancellationToken);
}
