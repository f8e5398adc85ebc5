using System.Text.Json.Serialization;

namespace UonOfferum.OperationsFunction.Api;

/// <summary>JSON of the operators' API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OperationView))]
[JsonSerializable(typeof(OperationPage))]
[JsonSerializable(typeof(Health.HealthView))]
[JsonSerializable(typeof(PipelineControl.PipelineGatesView))]
internal sealed partial class ApiContext : JsonSerializerContext;
