using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>POST pipelines/{name}/draft/send</c>: sends one real record through the live pipeline.</summary>
public sealed class SendTest(SendEndpoint sending)
{
    [Function(nameof(SendTest))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/draft/send")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        sending.SendAsync(request, name, cancellationToken);
}
