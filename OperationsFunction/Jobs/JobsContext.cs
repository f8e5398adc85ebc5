using System.Text.Json.Serialization;
using UonOfferum.OperationsFunction.Views;

namespace UonOfferum.OperationsFunction.Jobs;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JobListView))]
[JsonSerializable(typeof(JobView))]
internal sealed partial class JobsContext : JsonSerializerContext;

internal static class JobsJson
{
    public static JobsContext Types { get; } = new(ReadableJson.Options(JobsContext.Default));
}
