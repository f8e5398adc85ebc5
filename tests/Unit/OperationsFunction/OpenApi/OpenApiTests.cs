using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.LocalHost.Functions;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.OperationsFunction.OpenApi;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.Shared.Http;

namespace UonOfferum.Tests.Unit.OperationsFunction.OpenApi;

/// <summary>The description of the API against the functions and the JSON they answer with.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonObject Document = Read();

    [Fact]
    public void Every_route_of_the_functions_is_described_and_no_other()
    {
        // The page and its files are no part of the API.
        var routes =
            from http in FunctionCatalog.Discover(typeof(UonOfferumApp).Assembly).Http
            where !http.Route!.StartsWith("console", StringComparison.Ordinal)
            from method in http.Methods
            select $"{method.ToLowerInvariant()} /{http.Route}{(http.Level == AuthorizationLevel.Anonymous ? " open" : "")}";
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
        JsonSerializerContext[] contexts = [ApiJson.Types, ReplayContext.Default, ProblemContext.Default];
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
            "string" => type == typeof(string) || (type == typeof(DateTimeOffset) && schema["format"]?.GetValue<string>() == "date-time"),
            "integer" => type == typeof(int) || type == typeof(long),
            "number" => type == typeof(double) || type == typeof(decimal),
            "boolean" => type == typeof(bool),
            "array" => type.IsGenericType && Fits(schema["items"]!.AsObject(), type.GetGenericArguments()[0]),
            "object" => type.IsGenericType && Fits(schema["additionalProperties"]!.AsObject(), type.GetGenericArguments()[1]),
            _ => false,
        };
    }

    private static JsonObject Read()
    {
        using var stream = OpenApiDocument.Open();
        return JsonNode.Parse(stream)!.AsObject();
    }
}
