using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Api;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET operations/{pipeline}/{kind}/{id}</c>: one operation with its story.</summary>
public sealed class GetOperation(OperationDetails details)
{
    [Function(nameof(GetOperation))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "operations/{pipeline}/{kind}/{id}")] HttpRequest request,
        string pipeline,
        string kind,
        string id,
        CancellationToken cancellationToken) =>
        details.GetAsync(pipeline, kind, id, cancellationToken);
}
