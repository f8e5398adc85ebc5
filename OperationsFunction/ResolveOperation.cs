using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Api;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST operations/{pipeline}/{kind}/{id}/resolve</c>: records the outcome that an operator states.</summary>
public sealed class ResolveOperation(ActionEndpoint actions)
{
    [Function(nameof(ResolveOperation))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/{pipeline}/{kind}/{id}/resolve")] HttpRequest request,
        string pipeline,
        string kind,
        string id,
        CancellationToken cancellationToken) =>
        actions.ResolveAsync(request, pipeline, kind, id, cancellationToken);
}
