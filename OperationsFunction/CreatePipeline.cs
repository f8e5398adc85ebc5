using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines</c>: creates a pipeline from a template, or as a copy of another one.</summary>
public sealed class CreatePipeline(CreateEndpoint pipelines)
{
    [Function(nameof(CreatePipeline))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines")] HttpRequest request,
        CancellationToken cancellationToken) =>
        pipelines.CreateAsync(request, cancellationToken);
}
