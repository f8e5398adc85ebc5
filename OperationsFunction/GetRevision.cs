using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET pipelines/{name}/revisions/{n}</c>: a revision, and what it changed.</summary>
public sealed class GetRevision(RevisionEndpoint revisions)
{
    [Function(nameof(GetRevision))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "pipelines/{name}/revisions/{n}")] HttpRequest request,
        string name,
        string n,
        CancellationToken cancellationToken) =>
        revisions.GetAsync(name, n, cancellationToken);
}
