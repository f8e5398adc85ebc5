using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/webhook/register</c>: makes or corrects the webhooks of new records in the U-ON cabinet.</summary>
public sealed class RegisterWebhooks(HookEndpoint hooks)
{
    [Function(nameof(RegisterWebhooks))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/webhook/register")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        hooks.RegisterAsync(request, name, cancellationToken);
}
