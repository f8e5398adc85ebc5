using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Views;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Api;

/// <summary>Shows the operation that a route names.</summary>
public sealed class OperationDetails(OperationFinder finder, PipelineCatalog pipelines)
{
    public async Task<IResult> GetAsync(string pipeline, string kind, string id, CancellationToken cancellationToken)
    {
        if (!OperationFinder.TryRead(pipeline, kind, id, out var operationId))
        {
            return Problems.BadRequest($"'{kind}/{id}' is not a record. Use lead, request or auto, and U-ON's number.");
        }

        // No foreign text becomes a key of a table: storage refuses some of it.
        return OperationId.IsPipelineName(pipeline) && await finder.FindAsync(operationId, cancellationToken) is { } entry
            ? TypedResults.Json(OperationView.Of(entry.Operation, pipelines), ApiJson.Types.OperationView)
            : OperationFinder.Missing(operationId);
    }
}
