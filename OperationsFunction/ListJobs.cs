using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Jobs;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET jobs</c>: when each job last ran, with what result, and when it runs next.</summary>
public sealed class ListJobs(JobEndpoint jobs)
{
    [Function(nameof(ListJobs))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs")] HttpRequest request,
        CancellationToken cancellationToken) =>
        jobs.ListAsync(cancellationToken);
}
