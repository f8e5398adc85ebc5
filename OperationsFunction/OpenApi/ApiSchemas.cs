using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.OperationsFunction.Attention;
using UonOfferum.OperationsFunction.Backfills;
using UonOfferum.OperationsFunction.Dashboard;
using UonOfferum.OperationsFunction.Editor;
using UonOfferum.OperationsFunction.Health;
using UonOfferum.OperationsFunction.Jobs;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.Shared.Http;

namespace UonOfferum.OperationsFunction.OpenApi;

/// <summary>The API's types as JSON schemas, from the metadata that serializes them. Every object type becomes a component.</summary>
internal sealed class ApiSchemas
{
    private const string Components = "#/components/schemas/";

    private static readonly JsonSerializerContext[] Contexts = [ApiJson.Types, AttentionJson.Types, DashboardJson.Types, EditorJson.Types, HealthJson.Types, JobsJson.Types, PipelineControlJson.Types, ReplayRequestContext.Default, ReplayContext.Default, BackfillContext.Default, AnswerContext.Default];

    /// <summary>Former names that are kept for one version (CHANGELOG.md).</summary>
    private static readonly (Type Type, string Property)[] Deprecated =
    [
        (typeof(BreakerStatusView), "closed"),
        (typeof(OpenBreakerView), "gate"),
        (typeof(PipelineBreakersView), "closed"),
        (typeof(PipelineView), "gates"),
        (typeof(PipelineHealthView), "gates"),
        (typeof(PipelineOverviewView), "gates"),
    ];

    private readonly SortedDictionary<string, JsonNode?> _components = new(StringComparer.Ordinal);

    /// <summary>The schemas requested by <see cref="Reference"/>, and everything that they refer to.</summary>
    public JsonObject ToJson() => new(_components);

    /// <param name="type">A type of one of the contexts; <see cref="object"/>: any object.</param>
    /// <param name="isRequest">The app reads it and requires no member; a response has all of them.</param>
    public JsonObject Reference(Type type, bool isRequest = false)
    {
        if (type == typeof(object))
        {
            return new JsonObject { ["type"] = "object" };
        }

        // Add the name first, because a schema may refer to itself.
        if (_components.TryAdd(type.Name, null))
        {
            _components[type.Name] = type == typeof(ProblemDetails) ? Problem() : Schema(type, isRequest);
        }

        return new JsonObject { ["$ref"] = Components + type.Name };
    }

    private JsonObject Schema(Type type, bool isRequest)
    {
        var info = Contexts.Select(context => context.GetTypeInfo(type)).FirstOrDefault(found => found is not null)
            ?? throw new InvalidOperationException($"{type.Name} is in no JSON context of the API.");
        var schema = info.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => IsForeign(context.TypeInfo.Type) ? AnyObject(context.TypeInfo.Type)
                : context.Path.IsEmpty || context.TypeInfo.Kind != JsonTypeInfoKind.Object ? node
                : IsNullable(node) ? new JsonObject { ["oneOf"] = new JsonArray(Reference(context.TypeInfo.Type, isRequest), new JsonObject { ["type"] = "null" }) }
                : Reference(context.TypeInfo.Type, isRequest),
        }).AsObject();
        schema.Remove("required");
        if (!isRequest)
        {
            Require(schema, info);
        }

        foreach (var (_, property) in Deprecated.Where(d => d.Type == type))
        {
            schema["properties"]![property]!["deprecated"] = true;
        }

        return schema;
    }

    private static void Require(JsonObject schema, JsonTypeInfo info)
    {
        var required = new JsonArray();
        foreach (var property in info.Properties.Where(p => p.Get is not null))
        {
            var isLeftOut = IsLeftOutWhenNull(property, info);
            if (!isLeftOut)
            {
                required.Add((JsonNode)property.Name);
            }

            if (isLeftOut || !property.IsGetNullable)
            {
                NeverNull(schema["properties"]![property.Name]!.AsObject());
            }
        }

        schema["required"] = required;
    }

    private static bool IsLeftOutWhenNull(JsonPropertyInfo property, JsonTypeInfo info) =>
        property.IsGetNullable && (property.ShouldSerialize is not null || info.Options.DefaultIgnoreCondition == JsonIgnoreCondition.WhenWritingNull);

    /// <summary>Removes null from the type: the exporter adds it to every property without a setter.</summary>
    private static void NeverNull(JsonObject schema)
    {
        schema.Remove("default");
        if (schema["type"] is JsonArray types)
        {
            schema["type"] = types.Single(t => t!.GetValue<string>() != "null")!.DeepClone();
        }
    }

    /// <summary>Free-form JSON, whose schema is not ours: settings, a record of U-ON.</summary>
    private static bool IsForeign(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(JsonElement);

    private static JsonObject AnyObject(Type type) => new()
    {
        ["type"] = Nullable.GetUnderlyingType(type) is null ? "object" : new JsonArray("object", "null"),
    };

    private static bool IsNullable(JsonNode schema) => schema["type"] is JsonArray types && types.Any(t => t!.GetValue<string>() == "null");

    /// <summary>RFC 9457. Its converter hides its members from the exporter.</summary>
    private static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["type"] = new JsonArray("string", "null") },
            ["title"] = ApiOperations.Text(),
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = ApiOperations.Text(),
        },
        ["required"] = new JsonArray("title", "status", "detail"),
    };
}
