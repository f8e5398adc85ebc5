using System.Text.Json.Serialization;
using UonOfferum.OperationsFunction.Views;

namespace UonOfferum.OperationsFunction.Api;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OperationView))]
[JsonSerializable(typeof(OperationPage))]
[JsonSerializable(typeof(UnreadableBody))]
internal sealed partial class ApiContext : JsonSerializerContext;

internal static class ApiJson
{
    public static ApiContext Types { get; } = new(ReadableJson.Options(ApiContext.Default));
}
