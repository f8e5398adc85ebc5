using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>DELETE pipelines/{name}</c>: archives a stopped pipeline; its operations stay.</summary>
public sealed class ArchivePipeline(LifecycleEndpoint pipelines)
{
    [Function(nameof(ArchivePipeline))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "pipelines/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        pipelines.ArchiveAsync(request, name, cancellationToken);
}
