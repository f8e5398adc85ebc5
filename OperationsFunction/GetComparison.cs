using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET pipelines/{name}/compare/{id}</c>: its progress and result.</summary>
public sealed class GetComparison(ComparisonEndpoint comparisons)
{
    [Function(nameof(GetComparison))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "pipelines/{name}/compare/{id}")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken) =>
        comparisons.GetAsync(name, id, cancellationToken);
}
