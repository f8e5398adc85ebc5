using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Api;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST operations/{pipeline}/{kind}/{id}/replay</c>: starts one operation over, from U-ON or from the order.</summary>
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
