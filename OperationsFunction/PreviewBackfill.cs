using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Backfills;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST backfills/preview</c>: how many records a backfill would fetch.</summary>
public sealed class PreviewBackfill(BackfillEndpoint backfills)
{
    [Function(nameof(PreviewBackfill))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "backfills/preview")] HttpRequest request,
        CancellationToken cancellationToken) =>
        backfills.PreviewAsync(request, cancellationToken);
}
