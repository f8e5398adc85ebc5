using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace UonOfferum.OperationsFunction.OpenApi;

/// <summary>The description of the API: routes from the functions' attributes, schemas from their types, texts from <see cref="ApiOperations"/>.</summary>
public static class OpenApiDocument
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Lazy<byte[]> Document = new(() => Encoding.UTF8.GetBytes(Build().ToJsonString(Written)));

    /// <summary>OpenAPI 3.1 in UTF-8; made once.</summary>
    public static ReadOnlyMemory<byte> Utf8 => Document.Value;

    public static IResult Answer() => TypedResults.Bytes(Utf8, "application/json; charset=utf-8");

    private static JsonObject Build()
    {
        var schemas = new ApiSchemas();
        var paths = new JsonObject();
        foreach (var (name, trigger) in Functions())
        {
            var route = "/" + trigger.Route;
            if (paths[route] is not JsonObject path)
            {
                paths[route] = path = new JsonObject();
            }

            foreach (var method in trigger.Methods!)
            {
                path[method] = ApiRoute.Describe(name, method, trigger, schemas);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "UonOfferum",
                ["version"] = "1",
                ["description"] = "The operators' API, and the addresses that U-ON and Offerum call.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/api" }),
            ["security"] = new JsonArray(new JsonObject { ["functionKey"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["functionKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key" } },
                ["schemas"] = schemas.ToJson(),
            },
        };
    }

    /// <summary>The console's page and its files are not part of the API.</summary>
    private static IEnumerable<(string Name, HttpTriggerAttribute Trigger)> Functions() =>
        (from type in typeof(OpenApiDocument).Assembly.GetTypes()
         from method in type.GetMethods()
         let function = method.GetCustomAttribute<FunctionAttribute>()
         where function is not null
         from parameter in method.GetParameters()
         let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
         where trigger?.Route is not null && !trigger.Route.StartsWith("console", StringComparison.Ordinal)
         select (function.Name, trigger)).OrderBy(f => f.trigger.Route, StringComparer.Ordinal).ThenBy(f => f.Name, StringComparer.Ordinal);
}
