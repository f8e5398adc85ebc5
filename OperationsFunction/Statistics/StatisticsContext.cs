using System.Text.Json.Serialization;

namespace UonOfferum.OperationsFunction.Statistics;

/// <summary>JSON within the counters' cells.</summary>
[JsonSerializable(typeof(Dictionary<string, long>))]
[JsonSerializable(typeof(Dictionary<string, decimal>))]
internal sealed partial class StatisticsContext : JsonSerializerContext;
