using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Backfills;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST backfills</c>: fetches the records of a period that the journal does not have, at a limited rate.</summary>
public sealed class StartBackfill(BackfillEndpoint backfills)
{
    [Function(nameof(StartBackfill))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "backfills")] HttpRequest request,
        CancellationToken cancellationToken) =>
        backfills.StartAsync(request, cancellationToken);
}
