using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Views;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Api;

/// <summary>The HTTP side of operators' actions: reads the route and the body, applies the action, and returns the operation.</summary>
public sealed class ActionEndpoint(OperatorService operators, PipelineCatalog pipelines, PipelineRegistry registry)
{
    public Task<IResult> ReplayAsync(HttpRequest request, string pipeline, string kind, string id, CancellationToken cancellationToken) =>
        ActAsync(request, pipeline, kind, id, (body, _) => body.Replay(), cancellationToken);

    public Task<IResult> EditAsync(HttpRequest request, string pipeline, string kind, string id, CancellationToken cancellationToken) =>
        ActAsync(request, pipeline, kind, id, (body, p) => body.Edit(p?.Fields.Names ?? [.. body.Fields?.Keys ?? []], p?.PhoneRegion ?? "RU"), cancellationToken);

    public Task<IResult> ResolveAsync(HttpRequest request, string pipeline, string kind, string id, CancellationToken cancellationToken) =>
        ActAsync(request, pipeline, kind, id, (body, _) => body.Resolve(), cancellationToken);

    public async Task<IResult> RevealAsync(HttpRequest request, string pipeline, string kind, string id, CancellationToken cancellationToken)
    {
        if (!OperationFinder.TryRead(pipeline, kind, id, out var operationId) || !await registry.KnowsAsync(pipeline, cancellationToken))
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
        Func<ActionBody, Pipeline?, (OperatorAction? Action, string? Problem)> read,
        CancellationToken cancellationToken)
    {
        if (pipelines.TryFindInvalid(pipelineName, out _))
        {
            return Problems.Conflict($"The settings of pipeline '{pipelineName}' cannot be used, so none of its work can continue. The log shows what to fix.");
        }

        if (!OperationFinder.TryRead(pipelineName, kind, id, out var operationId) || !await registry.KnowsAsync(pipelineName, cancellationToken))
        {
            return NoSuchRoute(pipelineName, kind, id);
        }

        pipelines.TryFind(pipelineName, out var pipeline);
        var (body, problem) = await ActionBody.ReadAsync(request, cancellationToken);
        var (action, missing) = body is null ? (null, problem) : read(body, pipeline);
        if (action is null)
        {
            return Problems.BadRequest(missing!);
        }

        return await operators.ActAsync(operationId, action, body!.Target(), cancellationToken) switch
        {
            { Operation: { } operation } => TypedResults.Json(OperationView.Of(operation, pipelines), ApiJson.Types.OperationView),
            { Unknown: { } unknown } => Problems.BadRequest(unknown),
            { Refusal: { } refusal } => Problems.Conflict(refusal),
            _ => OperationFinder.Missing(operationId),
        };
    }

    private static IResult NoSuchRoute(string pipeline, string kind, string id) =>
        RecordKindNames.TryParse(kind, out _)
            ? Problems.NotFound($"There is no operation {pipeline}/{kind}/{id}.")
            : Problems.BadRequest($"'{kind}' is not a kind of record. Use lead, request or auto.");
}
