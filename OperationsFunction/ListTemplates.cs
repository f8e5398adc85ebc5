using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Editor;

namespace UonOfferum.OperationsFunction;

/// <summary><c>GET pipelines/templates</c>: the templates for new pipelines.</summary>
public sealed class ListTemplates
{
    [Function(nameof(ListTemplates))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "pipelines/templates")] HttpRequest request) => CreateEndpoint.Templates();
}
