using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/publish</c>: publishes the draft.</summary>
public sealed class PublishPipeline(PublishEndpoint publishing)
{
    [Function(nameof(PublishPipeline))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/publish")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        publishing.PublishAsync(request, name, cancellationToken);
}
