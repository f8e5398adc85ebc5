using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>PUT pipelines/{name}/secrets/{key}</c>: sets a secret; no route returns it.</summary>
public sealed class SetSecret(DraftSecrets secrets)
{
    [Function(nameof(SetSecret))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "pipelines/{name}/secrets/{key}")] HttpRequest request,
        string name,
        string key,
        CancellationToken cancellationToken) =>
        secrets.PutAsync(request, name, key, cancellationToken);
}
