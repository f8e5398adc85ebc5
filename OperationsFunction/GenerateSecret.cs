using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/secrets/{key}/generate</c>: generates the secret of an address.</summary>
public sealed class GenerateSecret(DraftSecrets secrets)
{
    [Function(nameof(GenerateSecret))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/secrets/{key}/generate")] HttpRequest request,
        string name,
        string key,
        CancellationToken cancellationToken) =>
        secrets.GenerateAsync(request, name, key, cancellationToken);
}
