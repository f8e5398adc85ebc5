using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.PipelineControl;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/check</c>: tries the credentials and checks the cabinet's webhooks, without a fake lead.</summary>
public sealed class CheckPipeline(PipelineCheck check)
{
    [Function(nameof(CheckPipeline))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/check")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        check.RunAsync(request, name, cancellationToken);
}
