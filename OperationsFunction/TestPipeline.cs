using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.PipelineControl;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/test</c>: shows the order that a record would produce, and sends nothing.</summary>
public sealed class TestPipeline(DryRun dryRun)
{
    [Function(nameof(TestPipeline))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/test")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        dryRun.RunAsync(request, name, cancellationToken);
}
