using System.Text.Json.Serialization;
using UonOfferum.OperationsFunction.Views;

namespace UonOfferum.OperationsFunction.Attention;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AttentionView))]
internal sealed partial class AttentionContext : JsonSerializerContext;

internal static class AttentionJson
{
    public static AttentionContext Types { get; } = new(ReadableJson.Options(AttentionContext.Default));
}
