using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/draft/try</c>: tries the draft on a real record; nothing is sent.</summary>
public sealed class TryDraft(TrialEndpoint trials)
{
    [Function(nameof(TryDraft))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/draft/try")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        trials.TryAsync(request, name, cancellationToken);
}
