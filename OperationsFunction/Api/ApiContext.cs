using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using UonOfferum.OperationsFunction.Attention;
using UonOfferum.OperationsFunction.Health;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.OperationsFunction.Statistics;

namespace UonOfferum.OperationsFunction.Api;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OperationView))]
[JsonSerializable(typeof(OperationPage))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(PipelineGatesView))]
[JsonSerializable(typeof(PipelineListView))]
[JsonSerializable(typeof(AddressesView))]
[JsonSerializable(typeof(ChecksView))]
[JsonSerializable(typeof(DryRunView))]
[JsonSerializable(typeof(HealthDetailsView))]
[JsonSerializable(typeof(AttentionView))]
[JsonSerializable(typeof(OverviewView))]
internal sealed partial class ApiContext : JsonSerializerContext;

/// <summary>JSON of the operators' API. Cyrillic stays readable: operators look at it with curl, too.</summary>
internal static class ApiJson
{
    public static ApiContext Types { get; } = new(new JsonSerializerOptions(ApiContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
