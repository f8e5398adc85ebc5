using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET pipelines/{name}/revisions</c>: the history, newest first.</summary>
public sealed class ListRevisions(RevisionEndpoint revisions)
{
    [Function(nameof(ListRevisions))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "pipelines/{name}/revisions")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        revisions.ListAsync(name, cancellationToken);
}
