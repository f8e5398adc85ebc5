using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/import</c>: creates drafts from the pipelines in a file.</summary>
public sealed class ImportPipelines(TransferEndpoint transfer)
{
    [Function(nameof(ImportPipelines))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/import")] HttpRequest request,
        CancellationToken cancellationToken) =>
        transfer.ImportAsync(request, cancellationToken);
}
