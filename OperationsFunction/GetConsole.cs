using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Console;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET console</c>: the operators' page. It contains no data and asks for the function key.</summary>
public sealed class GetConsole(ConsolePage page)
{
    [Function(nameof(GetConsole))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console")] HttpRequest request) => page.Answer(request);
}
