using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Replays;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST replays</c>: replays many operations at a limited rate.</summary>
public sealed class StartReplay(ReplayEndpoint replays)
{
    [Function(nameof(StartReplay))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "replays")] HttpRequest request,
        CancellationToken cancellationToken) =>
        replays.StartAsync(request, cancellationToken);
}
