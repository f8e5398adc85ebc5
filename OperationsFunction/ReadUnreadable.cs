using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Api;

namespace UonOfferum.OperationsFunction;

/// <summary>
/// <c>POST operations/unreadable/{queue}/{key}/reveal</c>: shows the bytes of an unreadable message. Its name sorts before
/// <see cref="RevealOperation"/>: Azure tries overlapping routes in the order of the functions' names.
/// </summary>
public sealed class ReadUnreadable(UnreadableEndpoint unreadable)
{
    [Function(nameof(ReadUnreadable))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/unreadable/{queue}/{key}/reveal")] HttpRequest request,
        string queue,
        string key,
        CancellationToken cancellationToken) =>
        unreadable.RevealAsync(request, queue, key, cancellationToken);
}
