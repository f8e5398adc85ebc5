using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace UonOfferum.OperationsFunction.OpenApi;

/// <summary>One method of one route as an OpenAPI operation.</summary>
internal static partial class ApiRoute
{
    private const string Json = "application/json";

    public static JsonObject Describe(string function, string method, HttpTriggerAttribute trigger, ApiSchemas schemas)
    {
        var about = ApiOperations.Of(function);
        var isOpen = trigger.AuthLevel == AuthorizationLevel.Anonymous;
        var operation = new JsonObject
        {
            ["operationId"] = $"{char.ToLowerInvariant(function[0])}{function[1..]}{(trigger.Methods!.Length > 1 ? $"{char.ToUpperInvariant(method[0])}{method[1..]}" : "")}",
            ["summary"] = about.Summary,
        };
        var parameters = new JsonArray([.. PathParameters(trigger.Route!), .. about.Query.Select(p => Parameter("query", p.Name, p.Description, p.Schema.DeepClone()))]);
        if (!isOpen && method != "get")
        {
            parameters.Add((JsonNode)Parameter("header", "x-operator", "The operator's name, percent-encoded UTF-8, at most 60 characters. The history keeps it.", ApiOperations.Text()));
        }

        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }

        if (about.Takes is not null || about.Body is not null)
        {
            operation["requestBody"] = Content(Json, about.Takes is { } type ? schemas.Reference(type, isRequest: true) : about.Body!.DeepClone());
        }

        operation["responses"] = Responses(about, isOpen, schemas);
        if (isOpen)
        {
            operation["security"] = new JsonArray();
        }

        return operation;
    }

    private static JsonObject Responses(ApiOperation about, bool isOpen, ApiSchemas schemas)
    {
        var success = about.Success == StatusCodes.Status204NoContent ? new JsonObject { ["description"] = "Done." } : Content(Json, schemas.Reference(about.Reply), "Done.");
        if (about.AlsoAs is { } media)
        {
            success["content"]![media] = new JsonObject { ["schema"] = ApiOperations.Text() };
        }

        var responses = new JsonObject { [Status(about.Success)] = success };
        if (about.AlsoReplies is { } also)
        {
            responses[Status(also.Status)] = Content(Json, schemas.Reference(about.Reply), also.Description);
        }

        foreach (var problem in about.Problems)
        {
            responses[Status(problem)] = Problem("What is wrong, and the remedy.");
        }

        // A success of the health check has the status too.
        responses.TryAdd(Status(StatusCodes.Status503ServiceUnavailable), Problem("The storage account does not answer. Retry-After says when to ask again."));

        if (!isOpen)
        {
            responses["401"] = new JsonObject { ["description"] = "The function key is missing or wrong." };
        }

        return responses;

        JsonObject Problem(string description) => Content("application/problem+json", schemas.Reference(typeof(ProblemDetails)), description);
    }

    private static IEnumerable<JsonNode> PathParameters(string route) =>
        from Match match in RouteParameter().Matches(route)
        let name = match.Groups["name"].Value
        select Parameter("path", name, null, name == "kind" ? ApiOperations.Kind() : ApiOperations.Text());

    private static JsonObject Parameter(string place, string name, string? description, JsonNode schema)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (place == "path")
        {
            parameter["required"] = true;
        }

        if (description is not null)
        {
            parameter["description"] = description;
        }

        parameter["schema"] = schema;
        return parameter;
    }

    private static JsonObject Content(string media, JsonNode schema, string? description = null)
    {
        var content = new JsonObject();
        if (description is not null)
        {
            content["description"] = description;
        }

        content["content"] = new JsonObject { [media] = new JsonObject { ["schema"] = schema } };
        return content;
    }

    private static string Status(int status) => status.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RouteParameter();
}
