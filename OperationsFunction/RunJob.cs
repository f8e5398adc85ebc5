using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Jobs;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST jobs/{name}/run</c>: runs a job now, once, on one instance.</summary>
public sealed class RunJob(JobEndpoint jobs)
{
    [Function(nameof(RunJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{name}/run")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        jobs.RunAsync(name, cancellationToken);
}
