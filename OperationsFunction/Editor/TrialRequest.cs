using System.Globalization;
using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Reads the trials' requests, and builds their error responses for missing or unavailable parts.</summary>
internal static class TrialRequest
{
    /// <summary>The record that the body names, or the refusal.</summary>
    public static async Task<((RecordKind Kind, long Id)? Record, IResult? Refusal)> RecordAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, refusal) = await EditorBody.ReadAsync(request, cancellationToken);
        return body is null ? (null, refusal)
            : OperationFinder.TryRead("", body.Text("kind") ?? RecordKind.Auto.Name(), body.Id("id") ?? "", out var id) ? ((id.Kind, id.RecordId), null)
            : (null, Problems.BadRequest("The body must be JSON such as {\"kind\":\"lead\",\"id\":48213}; kind is lead, request or auto, id is U-ON's number."));
    }

    /// <summary>How many records the body asks for, or the refusal.</summary>
    public static async Task<(int Take, IResult? Refusal)> TakeAsync(HttpRequest request, int usual, int max, CancellationToken cancellationToken)
    {
        var (body, refusal) = await EditorBody.ReadAsync(request, cancellationToken);
        return body is null ? (0, refusal)
            : !body.Has("take") ? (usual, null)
            : body.Number("take") is { } take && take >= 1 && take <= max ? (take, null)
            : (0, Problems.BadRequest(string.Create(CultureInfo.InvariantCulture, $"take must be a number from 1 to {max}.")));
    }

    /// <summary>Null when these settings are sufficient for calling U-ON.</summary>
    public static IResult? UonProblem(DraftReading draft) =>
        draft.ProblemOf("Uon") is { } problem ? EditorProblems.CannotPublish([problem]) : null;

    /// <summary>U-ON or a destination failed or rejected the request.</summary>
    public static IResult Away(ProbeResult problem) => EditorProblems.Outside(problem.Code ?? ErrorCodes.UonUnavailable, problem.Message);
}
