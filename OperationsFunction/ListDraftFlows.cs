using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/draft/flows</c>: the account's flows, read with the draft's key.</summary>
public sealed class ListDraftFlows(AccountEndpoint accounts)
{
    [Function(nameof(ListDraftFlows))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/draft/flows")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        accounts.FlowsAsync(name, cancellationToken);
}
