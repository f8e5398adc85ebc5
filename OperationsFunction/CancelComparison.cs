using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>DELETE pipelines/{name}/compare/{id}</c>: ends it.</summary>
public sealed class CancelComparison(ComparisonEndpoint comparisons)
{
    [Function(nameof(CancelComparison))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "pipelines/{name}/compare/{id}")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken) =>
        comparisons.CancelAsync(name, id, cancellationToken);
}
