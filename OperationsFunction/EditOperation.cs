using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Api;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST operations/{pipeline}/{kind}/{id}/edit</c>: corrects fields, then sends.</summary>
public sealed class EditOperation(ActionEndpoint actions)
{
    [Function(nameof(EditOperation))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "operations/{pipeline}/{kind}/{id}/edit")] HttpRequest request,
        string pipeline,
        string kind,
        string id,
        CancellationToken cancellationToken) =>
        actions.EditAsync(request, pipeline, kind, id, cancellationToken);
}
