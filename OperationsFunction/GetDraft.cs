using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET pipelines/{name}/draft</c>: the draft, with its ETag.</summary>
public sealed class GetDraft(DraftEndpoint drafts)
{
    [Function(nameof(GetDraft))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "pipelines/{name}/draft")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        drafts.GetAsync(name, cancellationToken);
}
