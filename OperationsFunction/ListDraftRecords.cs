using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/draft/records</c>: the newest records of the cabinet.</summary>
public sealed class ListDraftRecords(TrialEndpoint trials)
{
    [Function(nameof(ListDraftRecords))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/draft/records")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        trials.RecordsAsync(name, cancellationToken);
}
