using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.PipelineControl;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/addresses</c>: the addresses to copy into the cabinets, secrets included.</summary>
public sealed class ShowAddresses(PipelineAddresses addresses)
{
    [Function(nameof(ShowAddresses))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/addresses")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        addresses.ShowAsync(request, name, cancellationToken);
}
