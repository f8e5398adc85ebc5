using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>PUT pipelines/{name}/draft</c>: saves the draft that If-Match names.</summary>
public sealed class SaveDraft(DraftEndpoint drafts)
{
    [Function(nameof(SaveDraft))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "pipelines/{name}/draft")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        drafts.SaveAsync(request, name, cancellationToken);
}
