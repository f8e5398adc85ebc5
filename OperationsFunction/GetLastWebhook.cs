using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET pipelines/{name}/webhook/last</c>: the last webhook, masked.</summary>
public sealed class GetLastWebhook(SendEndpoint sending)
{
    [Function(nameof(GetLastWebhook))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "pipelines/{name}/webhook/last")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        sending.LastWebhookAsync(name, cancellationToken);
}
