using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Console;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET console/{file}</c>: what the operators' page is made of.</summary>
public sealed class GetConsoleFile(ConsolePage page)
{
    [Function(nameof(GetConsoleFile))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/{file}")] HttpRequest request, string file) =>
        page.AnswerFile(request, file);
}
