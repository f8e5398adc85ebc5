using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/revisions/{n}/restore</c>: publishes an old revision again, as a new one.</summary>
public sealed class RestoreRevision(PublishEndpoint publishing)
{
    [Function(nameof(RestoreRevision))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/revisions/{n}/restore")] HttpRequest request,
        string name,
        string n,
        CancellationToken cancellationToken) =>
        publishing.RestoreAsync(request, name, n, cancellationToken);
}
