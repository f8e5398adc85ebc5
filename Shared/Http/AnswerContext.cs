using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace UonOfferum.Shared.Http;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(WebhookAnswer))]
internal sealed partial class AnswerContext : JsonSerializerContext;
