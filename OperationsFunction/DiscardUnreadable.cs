using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Api;

namespace UonOfferum.OperationsFunction;

/// <summary>
/// <c>POST operations/unreadable/{queue}/{key}/resolve</c>: discards an unreadable message. Its name sorts before
/// <see cref="ResolveOperation"/>: Azure tries overlapping routes in the order of the functions' names.
/// </summary>
public sealed class DiscardUnreadable(UnreadableEndpoint unreadable)
{
    [Function(nameof(DiscardUnreadable))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/unreadable/{queue}/{key}/resolve")] HttpRequest request,
        string queue,
        string key,
        CancellationToken cancellationToken) =>
        unreadable.ResolveAsync(request, queue, key, cancellationToken);
}
