using Microsoft.AspNetCore.Http;

namespace UonOfferum.Shared.Http;

/// <summary>The reply to a webhook's sender, which shows it in its logs.</summary>
/// <param name="Status"><c>accepted</c> or <c>ignored</c>.</param>
/// <param name="Operation">Where the story can be read, such as <c>main/lead/48213</c>.</param>
/// <param name="Reason">Why it was ignored.</param>
public sealed record WebhookAnswer(string Status, string? Operation = null, string? Reason = null)
{
    public static IResult Accepted(string operation) => Json(new WebhookAnswer("accepted", Operation: operation));

    public static IResult Ignored(string reason) => Json(new WebhookAnswer("ignored", Reason: reason));

    private static IResult Json(WebhookAnswer answer) => TypedResults.Json(answer, AnswerContext.Default.WebhookAnswer);
}
