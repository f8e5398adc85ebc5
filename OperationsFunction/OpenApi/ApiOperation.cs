using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace UonOfferum.OperationsFunction.OpenApi;

/// <summary>The part of a route's description that its attributes do not contain.</summary>
/// <param name="Summary">One line.</param>
/// <param name="Reply">The JSON of a success; <see cref="object"/>: any.</param>
internal sealed record ApiOperation(string Summary, Type Reply)
{
    /// <summary>HTTP status of a success.</summary>
    public int Success { get; init; } = StatusCodes.Status200OK;

    /// <summary>The statuses of refusals, each with <c>application/problem+json</c>; 503 is added to every route.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    /// <summary>A further status with the same body as a success; with its description.</summary>
    public (int Status, string Description)? AlsoReplies { get; init; }

    /// <summary>The same data in another media type.</summary>
    public string? AlsoAs { get; init; }

    public IReadOnlyList<ApiParameter> Query { get; init; } = [];

    /// <summary>The type of the request's JSON; null: see <see cref="Body"/>.</summary>
    public Type? Takes { get; init; }

    /// <summary>The schema of the request's JSON if it has no type of its own; null: none.</summary>
    public JsonObject? Body { get; init; }
}

/// <param name="Name">In the query.</param>
/// <param name="Description">One line.</param>
/// <param name="Schema">The schema of its value.</param>
internal sealed record ApiParameter(string Name, string Description, JsonObject Schema);
