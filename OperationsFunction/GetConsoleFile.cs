using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Console;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET console/{file}</c>: a file of the operators' page.</summary>
public sealed class GetConsoleFile(ConsolePage page)
{
    [Function(nameof(GetConsoleFile))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/{file}")] HttpRequest request, string file) =>
        page.AnswerFile(request, file);
}
