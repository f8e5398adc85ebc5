using System.Text.Json.Serialization;
using UonOfferum.OperationsFunction.Views;

namespace UonOfferum.OperationsFunction.PipelineControl;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PipelineBreakersView))]
[JsonSerializable(typeof(PipelineListView))]
[JsonSerializable(typeof(AddressesView))]
[JsonSerializable(typeof(ChecksView))]
[JsonSerializable(typeof(DryRunView))]
[JsonSerializable(typeof(RegisteredHooksView))]
internal sealed partial class PipelineControlContext : JsonSerializerContext;

internal static class PipelineControlJson
{
    public static PipelineControlContext Types { get; } = new(ReadableJson.Options(PipelineControlContext.Default));
}
