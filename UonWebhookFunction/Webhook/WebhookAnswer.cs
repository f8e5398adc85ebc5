using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace UonOfferum.UonWebhookFunction.Webhook;

/// <param name="Status"><c>accepted</c> or <c>ignored</c>.</param>
/// <param name="Operation">Where the story can be read, such as <c>main/lead/48213</c>.</param>
/// <param name="Reason">Why it was ignored.</param>
internal sealed record WebhookAnswer(string Status, string? Operation = null, string? Reason = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookAnswer))]
internal sealed partial class WebhookContext : JsonSerializerContext;

/// <summary>An answer that asks the sender to come back.</summary>
internal sealed class RetryLater(IResult inner, string seconds) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = seconds;
        return inner.ExecuteAsync(httpContext);
    }
}
