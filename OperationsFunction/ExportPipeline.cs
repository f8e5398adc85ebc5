using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET pipelines/{name}/export</c>: the pipeline in the format of <c>pipelines.json</c>, without secrets.</summary>
public sealed class ExportPipeline(TransferEndpoint transfer)
{
    [Function(nameof(ExportPipeline))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "pipelines/{name}/export")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        transfer.ExportAsync(name, cancellationToken);
}
