using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Replays;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST replays/preview</c>: how many operations a replay would take.</summary>
public sealed class PreviewReplay(ReplayEndpoint replays)
{
    [Function(nameof(PreviewReplay))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "replays/preview")] HttpRequest request,
        CancellationToken cancellationToken) =>
        replays.PreviewAsync(request, cancellationToken);
}
