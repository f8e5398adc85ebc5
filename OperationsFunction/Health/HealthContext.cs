using System.Text.Json.Serialization;
using UonOfferum.OperationsFunction.Views;

namespace UonOfferum.OperationsFunction.Health;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(HealthDetailsView))]
internal sealed partial class HealthContext : JsonSerializerContext;

internal static class HealthJson
{
    public static HealthContext Types { get; } = new(ReadableJson.Options(HealthContext.Default));
}
