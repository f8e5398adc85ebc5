using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Error responses with the data that the page needs to continue: the other draft, or the problems.</summary>
internal static class EditorProblems
{
    private const string MediaType = "application/problem+json";

    /// <summary>Someone else saved in the meantime: the response contains their draft.</summary>
    public static IResult DraftChanged(DraftView other) => With(
        StatusCodes.Status412PreconditionFailed, "The draft has changed",
        $"Somebody else{(other.UpdatedBy is { } by ? $" ({by})" : "")} saved this draft at {other.UpdatedAt:u}. Review the changes, then overwrite them with yours or take theirs.",
        "draft", JsonSerializer.SerializeToNode(other, EditorJson.Types.DraftView));

    public static IResult NoIfMatch() => Shared.Http.Problems.Of(
        StatusCodes.Status428PreconditionRequired, "If-Match is missing", "Send the draft's ETag as If-Match, so that nobody's changes are overwritten.");

    public static IResult CannotPublish(IReadOnlyList<SettingProblem> problems) => With(
        StatusCodes.Status409Conflict, "The settings cannot be used",
        $"{problems.Count} setting(s) must be corrected first. The first: {(problems[0].Key.Length > 0 ? problems[0].Key + ": " : "")}{problems[0].Message} {problems[0].Remedy}",
        "problems", JsonSerializer.SerializeToNode(new SettingProblemsView(problems), EditorJson.Types.SettingProblemsView)!["problems"]!.DeepClone());

    public static IResult TooLarge(int max) => Shared.Http.Problems.Of(
        StatusCodes.Status413PayloadTooLarge, "Too large", $"A pipeline's settings must have at most {max / 1024} KiB.");

    /// <summary>U-ON or a destination failed during an interactive request.</summary>
    public static IResult Outside(string code, string message) => With(
        StatusCodes.Status502BadGateway, "No usable answer", message, "code", JsonValue.Create(code));

    private static IResult With(int status, string title, string detail, string name, JsonNode? value)
    {
        var problem = new JsonObject { ["title"] = title, ["status"] = status, ["detail"] = detail, [name] = value };
        return TypedResults.Text(problem.ToJsonString(EditorJson.Types.Options), MediaType, System.Text.Encoding.UTF8, status);
    }
}
