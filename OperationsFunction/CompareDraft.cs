using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/draft/compare</c>: compares the draft with the live revision.</summary>
public sealed class CompareDraft(ComparisonEndpoint comparisons)
{
    [Function(nameof(CompareDraft))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/draft/compare")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        comparisons.StartAsync(request, name, cancellationToken);
}
