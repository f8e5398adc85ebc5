using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Api;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET operations</c>: a page of operations, newest first.</summary>
public sealed class ListOperations(OperationList list)
{
    [Function(nameof(ListOperations))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "operations")] HttpRequest request, CancellationToken cancellationToken) =>
        list.GetAsync(request.Query, cancellationToken);
}
