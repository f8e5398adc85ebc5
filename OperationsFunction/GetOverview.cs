using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Dashboard;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET overview</c>: whether leads flow.</summary>
public sealed class GetOverview(Overview overview)
{
    [Function(nameof(GetOverview))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "overview")] HttpRequest request, CancellationToken cancellationToken) =>
        overview.GetAsync(request.Query, cancellationToken);
}
