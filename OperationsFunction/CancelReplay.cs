using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Replays;

namespace UonOfferum.OperationsFunction;

/// <summary><c>DELETE replays/{id}</c>: stops after the operations in flight.</summary>
public sealed class CancelReplay(ReplayEndpoint replays)
{
    [Function(nameof(CancelReplay))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "replays/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        replays.CancelAsync(request, id, cancellationToken);
}
