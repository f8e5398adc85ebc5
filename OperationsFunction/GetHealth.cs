using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Health;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET health</c>: whether a webhook could be accepted and journaled now.</summary>
public sealed class GetHealth(HealthCheck health)
{
    [Function(nameof(GetHealth))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, CancellationToken cancellationToken) =>
        health.AnswerAsync(cancellationToken);
}
