using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace UonOfferum.Shared.Http;

/// <summary>Every error response is <c>application/problem+json</c> with the problem and the remedy.</summary>
public static class Problems
{
    public static IResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, "The request cannot be used", detail);

    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, "Not found", detail);

    public static IResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, "The state does not allow this", detail);

    public static IResult Of(int status, string title, string detail) =>
        TypedResults.Json(
            new ProblemDetails { Status = status, Title = title, Detail = detail },
            AnswerContext.Default.ProblemDetails,
            "application/problem+json",
            status);
}
