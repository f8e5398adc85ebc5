using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/draft/validate</c>: what is wrong with the draft.</summary>
public sealed class ValidateDraft(DraftEndpoint drafts)
{
    [Function(nameof(ValidateDraft))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/draft/validate")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        drafts.ValidateAsync(name, cancellationToken);
}
