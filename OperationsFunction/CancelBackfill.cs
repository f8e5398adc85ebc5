using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Backfills;

namespace UonOfferum.OperationsFunction;

/// <summary><c>DELETE backfills/{id}</c>: stops after the records in flight.</summary>
public sealed class CancelBackfill(BackfillEndpoint backfills)
{
    [Function(nameof(CancelBackfill))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "backfills/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        backfills.CancelAsync(request, id, cancellationToken);
}
