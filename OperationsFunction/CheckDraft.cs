using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/draft/check</c>: checks U-ON and the destinations with the draft's keys.</summary>
public sealed class CheckDraft(AccountEndpoint accounts)
{
    [Function(nameof(CheckDraft))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/draft/check")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        accounts.CheckAsync(name, cancellationToken);
}
