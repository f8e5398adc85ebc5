using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.OperationsFunction.Attention;
using UonOfferum.OperationsFunction.Backfills;
using UonOfferum.OperationsFunction.Dashboard;
using UonOfferum.OperationsFunction.Editor;
using UonOfferum.OperationsFunction.Health;
using UonOfferum.OperationsFunction.Jobs;
using UonOfferum.OperationsFunction.OpenApi;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.Shared.Http;
using UonOfferum.Tests.Unit.Architecture;

namespace UonOfferum.Tests.Unit.OperationsFunction.OpenApi;

/// <summary>The description of the API against the functions and the JSON they answer with.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonObject Document = Read();

    /// <summary>Routes, schemas and required members are promised to clients: whoever changes one changes the file, too, and CHANGELOG.md.</summary>
    [Fact]
    public void The_contract_changes_only_on_purpose()
    {
        // UPDATE_DOCS=1 writes the file; the change is then seen in review.
        const string File = "tests/Unit/OperationsFunction/OpenApi/contract.txt";
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            System.IO.File.WriteAllText(Path.Combine(Repository.Root, File), string.Join('\n', Contract()) + "\n");
        }

        Assert.Equal(Repository.Read(File).TrimEnd('\n').Split('\n'), Contract());
    }

    [Fact]
    public void Every_route_of_the_functions_is_described_and_no_other()
    {
        // The page and its files are no part of the API.
        var routes =
            from http in AppFunctions.Http
            where !http.Route!.StartsWith("console", StringComparison.Ordinal)
            from method in http.Methods!
            select $"{method.ToLowerInvariant()} /{http.Route}{(http.AuthLevel == AuthorizationLevel.Anonymous ? " open" : "")}";
        var described =
            from path in Document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select $"{operation.Key} {path.Key}{(operation.Value!["security"] is JsonArray { Count: 0 } ? " open" : "")}";

        Assert.Equal(routes.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_schema_has_the_names_and_types_of_the_JSON()
    {
        var schemas = Document["components"]!["schemas"]!.AsObject();
        JsonSerializerContext[] contexts = [ApiJson.Types, AttentionJson.Types, DashboardJson.Types, EditorJson.Types, HealthJson.Types, JobsJson.Types, PipelineControlJson.Types, ReplayRequestContext.Default, ReplayContext.Default, BackfillContext.Default, AnswerContext.Default];
        foreach (var (name, schema) in schemas)
        {
            var type = contexts.Select(context => Types(context).FirstOrDefault(t => t.Type.Name == name)).FirstOrDefault(t => t is not null);

            Assert.True(type is not null, $"{name} is no JSON of this app.");
            var properties = schema!["properties"]!.AsObject();
            var known = type.Properties.Where(p => p.Get is not null && p.IsExtensionData == false).ToDictionary(p => p.Name, StringComparer.Ordinal);
            Assert.Empty(properties.Select(p => p.Key).Except(known.Keys));
            if (name != "ProblemDetails")
            {
                Assert.Equal(known.Keys.Order(StringComparer.Ordinal), properties.Select(p => p.Key).Order(StringComparer.Ordinal));
                Assert.All(properties, p => Assert.True(Fits(p.Value!.AsObject(), known[p.Key].PropertyType), $"{name}.{p.Key} is a {known[p.Key].PropertyType.Name}"));
            }
        }
    }

    [Fact]
    public void Every_parameter_in_a_path_is_described()
    {
        foreach (var (path, operations) in Document["paths"]!.AsObject())
        {
            var names = path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')).ToList();
            Assert.All(operations!.AsObject(), operation => Assert.Equal(
                names,
                (operation.Value!["parameters"]?.AsArray() ?? []).Where(p => p!["in"]!.GetValue<string>() == "path").Select(p => p!["name"]!.GetValue<string>())));
        }
    }

    private static IEnumerable<JsonTypeInfo> Types(JsonSerializerContext context) =>
        context.GetType().GetProperties().Where(p => p.PropertyType.IsAssignableTo(typeof(JsonTypeInfo))).Select(p => (JsonTypeInfo)p.GetValue(context)!);

    private static bool Fits(JsonObject schema, Type type)
    {
        if (schema["oneOf"] is JsonArray either)
        {
            return Fits(either[0]!.AsObject(), type);
        }

        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            return reference.EndsWith("/" + type.Name, StringComparison.Ordinal);
        }

        var kind = schema["type"] is JsonArray kinds ? kinds[0]!.GetValue<string>() : schema["type"]!.GetValue<string>();
        type = Nullable.GetUnderlyingType(type) ?? type;
        return kind switch
        {
            "string" => type == typeof(string) || (type == typeof(DateTimeOffset) && schema["format"]?.GetValue<string>() == "date-time") || (type == typeof(DateOnly) && schema["format"]?.GetValue<string>() == "date"),
            "integer" => type == typeof(int) || type == typeof(long),
            "number" => type == typeof(double) || type == typeof(decimal),
            "boolean" => type == typeof(bool),
            "array" => type.IsGenericType && Fits(schema["items"]!.AsObject(), type.GetGenericArguments()[0]),
            // JSON of others: settings, a record of U-ON.
            "object" when type == typeof(JsonElement) => true,
            "object" => type.IsGenericType && Fits(schema["additionalProperties"]!.AsObject(), type.GetGenericArguments()[1]),
            _ => false,
        };
    }

    /// <summary>One line for each route and each schema: what a client relies on.</summary>
    private static IEnumerable<string> Contract()
    {
        foreach (var (path, methods) in Document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var open = operation!["security"] is JsonArray { Count: 0 } ? "open" : "key";
                var parameters = (operation["parameters"]?.AsArray() ?? []).Select(p => $"{p!["in"]}:{p["name"]}");
                var body = operation["requestBody"] is { } request ? Shape(request["content"]!["application/json"]!["schema"]!) : "-";
                var answers = operation["responses"]!.AsObject().Select(r => $"{r.Key}={(r.Value!["content"] is { } content ? Shape(content.AsObject().First().Value!["schema"]!) : "-")}");
                yield return $"{method} {path} | {open} | {operation["operationId"]} | {string.Join(' ', parameters)} | {body} | {string.Join(' ', answers)}";
            }
        }

        foreach (var (name, schema) in Document["components"]!["schemas"]!.AsObject())
        {
            var required = (schema!["required"]?.AsArray() ?? []).Select(r => r!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
            yield return $"{name} | {string.Join(' ', schema["properties"]!.AsObject().Select(p => $"{p.Key}{(required.Contains(p.Key) ? "" : "?")}:{Shape(p.Value!)}{(p.Value!["deprecated"] is null ? "" : "(deprecated)")}"))}";
        }
    }

    private static string Shape(JsonNode schema) =>
        schema["$ref"] is { } reference ? reference.GetValue<string>().Split('/')[^1]
        : schema["oneOf"] is JsonArray either ? string.Join('/', either.Select(e => Shape(e!)))
        : schema["enum"] is JsonArray values ? string.Join('/', values.Select(v => v!.GetValue<string>()))
        : schema["type"] is JsonArray types ? string.Join('/', types.Select(t => t!.GetValue<string>()))
        : schema["items"] is { } items ? Shape(items) + "[]"
        : schema["additionalProperties"] is { } inner ? $"{{{Shape(inner)}}}"
        : schema["properties"] is JsonObject properties ? $"{{{string.Join(',', properties.Select(p => $"{p.Key}:{Shape(p.Value!)}"))}}}"
        : schema["format"]?.GetValue<string>() ?? schema["type"]!.GetValue<string>();

    private static JsonObject Read() => JsonNode.Parse(OpenApiDocument.Utf8.Span)!.AsObject();
}
