using System.Text.Json.Serialization;
using UonOfferum.OperationsFunction.Views;

namespace UonOfferum.OperationsFunction.Dashboard;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OverviewView))]
internal sealed partial class DashboardContext : JsonSerializerContext;

internal static class DashboardJson
{
    public static DashboardContext Types { get; } = new(ReadableJson.Options(DashboardContext.Default));
}
