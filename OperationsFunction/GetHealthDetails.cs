using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Health;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET health/details</c>: storage, queues, holds and alert channels.</summary>
public sealed class GetHealthDetails(HealthDetails health)
{
    [Function(nameof(GetHealthDetails))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "health/details")] HttpRequest request,
        CancellationToken cancellationToken) =>
        health.AnswerAsync(cancellationToken);
}
