using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>The HTTP side of operators' actions: reads the route and the body, acts, and answers with the operation.</summary>
public sealed class ActionEndpoint(OperatorService operators, PipelineCatalog pipelines)
{
    public Task<IResult> ReplayAsync(HttpRequest request, string pipeline, string kind, string id, CancellationToken cancellationToken) =>
        ActAsync(request, pipeline, kind, id, (body, _) => body.Replay(), cancellationToken);

    public Task<IResult> EditAsync(HttpRequest request, string pipeline, string kind, string id, CancellationToken cancellationToken) =>
        ActAsync(request, pipeline, kind, id, (body, p) => body.Edit(p.Fields.Names, p.PhoneRegion), cancellationToken);

    public Task<IResult> ResolveAsync(HttpRequest request, string pipeline, string kind, string id, CancellationToken cancellationToken) =>
        ActAsync(request, pipeline, kind, id, (body, _) => body.Resolve(), cancellationToken);

    public async Task<IResult> RevealAsync(HttpRequest request, string pipeline, string kind, string id, CancellationToken cancellationToken)
    {
        if (!OperationFinder.TryRead(pipeline, kind, id, out var operationId) || !pipelines.Knows(pipeline))
        {
            return NoSuchRoute(pipeline, kind, id);
        }

        var (body, problem) = await ActionBody.ReadAsync(request, cancellationToken);
        if (body is null)
        {
            return Problems.BadRequest(problem!);
        }

        return await operators.RevealAsync(operationId, body.By, cancellationToken) is { } operation
            ? TypedResults.Json(OperationView.Of(operation, pipelines, revealed: true), ApiJson.Types.OperationView)
            : OperationFinder.Missing(operationId);
    }

    private async Task<IResult> ActAsync(
        HttpRequest request,
        string pipelineName,
        string kind,
        string id,
        Func<ActionBody, Pipeline, (OperatorAction? Action, string? Problem)> read,
        CancellationToken cancellationToken)
    {
        if (pipelines.TryFindInvalid(pipelineName, out _))
        {
            return Problems.Conflict($"The settings of pipeline '{pipelineName}' cannot be used, so nothing of it can go on. The log names what to mend.");
        }

        if (!OperationFinder.TryRead(pipelineName, kind, id, out var operationId) || !pipelines.TryFind(pipelineName, out var pipeline))
        {
            return NoSuchRoute(pipelineName, kind, id);
        }

        var (body, problem) = await ActionBody.ReadAsync(request, cancellationToken);
        var (action, missing) = body is null ? (null, problem) : read(body, pipeline);
        if (action is null)
        {
            return Problems.BadRequest(missing!);
        }

        return await operators.ActAsync(operationId, action, cancellationToken) switch
        {
            { Operation: { } operation } => TypedResults.Json(OperationView.Of(operation, pipelines), ApiJson.Types.OperationView),
            { Refusal: { } refusal } => Problems.Conflict(refusal),
            _ => OperationFinder.Missing(operationId),
        };
    }

    private static IResult NoSuchRoute(string pipeline, string kind, string id) =>
        RecordKindNames.TryParse(kind, out _)
            ? Problems.NotFound($"There is no operation {pipeline}/{kind}/{id}.")
            : Problems.BadRequest($"'{kind}' is no kind of record. Use lead, request or auto.");
}
