using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Api;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST operations/{pipeline}/{kind}/{id}/replay</c>: restarts one operation, from the fetch or from the send.</summary>
public sealed class ReplayOperation(ActionEndpoint actions)
{
    [Function(nameof(ReplayOperation))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/{pipeline}/{kind}/{id}/replay")] HttpRequest request,
        string pipeline,
        string kind,
        string id,
        CancellationToken cancellationToken) =>
        actions.ReplayAsync(request, pipeline, kind, id, cancellationToken);
}
