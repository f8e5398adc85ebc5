using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/start</c></summary>
public sealed class StartPipeline(LifecycleEndpoint pipelines)
{
    [Function(nameof(StartPipeline))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/start")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        pipelines.StartAsync(request, name, cancellationToken);
}
