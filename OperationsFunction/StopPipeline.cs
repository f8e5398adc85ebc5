using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/stop</c>: its webhooks are ignored; records accepted before are delivered.</summary>
public sealed class StopPipeline(LifecycleEndpoint pipelines)
{
    [Function(nameof(StopPipeline))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/stop")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        pipelines.StopAsync(request, name, cancellationToken);
}
