using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Replays;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET replays/{id}</c>: its progress.</summary>
public sealed class GetReplay(ReplayEndpoint replays)
{
    [Function(nameof(GetReplay))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "replays/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        replays.GetAsync(id, cancellationToken);
}
