using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Api;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST operations/{pipeline}/{kind}/{id}/reveal</c>: shows phones and e-mails, and records that in the story.</summary>
public sealed class RevealOperation(ActionEndpoint actions)
{
    [Function(nameof(RevealOperation))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/{pipeline}/{kind}/{id}/reveal")] HttpRequest request,
        string pipeline,
        string kind,
        string id,
        CancellationToken cancellationToken) =>
        actions.RevealAsync(request, pipeline, kind, id, cancellationToken);
}
