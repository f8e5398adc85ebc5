using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Backfills;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET backfills/{id}</c>: its progress.</summary>
public sealed class GetBackfill(BackfillEndpoint backfills)
{
    [Function(nameof(GetBackfill))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "backfills/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        backfills.GetAsync(id, cancellationToken);
}
