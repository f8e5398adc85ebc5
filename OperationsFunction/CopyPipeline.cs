using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/copy</c>: creates a draft on the page from a pipeline that is kept as code.</summary>
public sealed class CopyPipeline(CreateEndpoint pipelines)
{
    [Function(nameof(CopyPipeline))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/copy")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        pipelines.CopyAsync(request, name, cancellationToken);
}
