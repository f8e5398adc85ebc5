using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Attention;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET attention</c>: what needs an operator, by cause.</summary>
public sealed class GetAttention(AttentionList attention)
{
    [Function(nameof(GetAttention))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "attention")] HttpRequest request,
        CancellationToken cancellationToken) =>
        attention.GetAsync(request.Query, cancellationToken);
}
