using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/draft/pass</c>: counts how many of the newest records would pass.</summary>
public sealed class PassDraft(TrialEndpoint trials)
{
    [Function(nameof(PassDraft))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/draft/pass")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        trials.PassAsync(request, name, cancellationToken);
}
