using System.Text.Json;
using UonOfferum.Tests.Unit.Architecture;

namespace UonOfferum.Tests.Unit.Docs;

/// <summary>The table of docs/settings.md is made from pipelines.schema.json. <c>UPDATE_DOCS=1 dotnet test --project tests/Unit</c> writes it.</summary>
public sealed class SettingsPageTests
{
    private const string Page = "docs/settings.md";
    private const string Begin = "<!-- generated from pipelines.schema.json: a test compares, UPDATE_DOCS=1 rewrites -->\n";
    private const string End = "<!-- end -->";

    private static readonly JsonElement Schema = JsonDocument.Parse(Repository.Read("pipelines.schema.json")).RootElement;

    [Fact]
    public void The_table_is_that_of_the_schema()
    {
        var page = Repository.Read(Page);
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        var pipeline = Schema.GetProperty("properties").GetProperty("Pipelines").GetProperty("patternProperties").EnumerateObject().Single().Value;
        var table = string.Concat(Rows(pipeline, "").Prepend("|---|---|---|\n").Prepend("| key | default | meaning |\n"));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, Page), page[..begin] + table + page[end..]);
            return;
        }

        Assert.Equal(table, page[begin..end]);
    }

    private static IEnumerable<string> Rows(JsonElement schema, string path)
    {
        var at = Resolve(schema);
        var children = Children(at).ToList();
        return children.Count > 0
            ? children.SelectMany(child => Rows(child.Schema, path.Length > 0 ? $"{path}:{child.Name}" : child.Name))
            : [$"| `{path}` | {Default(schema, at)} | {Cell(Text(schema, "description") ?? Text(at, "description") ?? "")} |\n"];
    }

    private static IEnumerable<(string Name, JsonElement Schema)> Children(JsonElement schema)
    {
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                yield return (property.Name, property.Value);
            }
        }

        if (schema.TryGetProperty("patternProperties", out var patterns))
        {
            foreach (var pattern in patterns.EnumerateObject())
            {
                yield return ("{name}", pattern.Value);
            }
        }

        if (schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.Object)
        {
            yield return ("{name}", additional);
        }
    }

    private static JsonElement Resolve(JsonElement schema) =>
        Text(schema, "$ref") is { } reference ? Schema.GetProperty("definitions").GetProperty(reference[(reference.LastIndexOf('/') + 1)..]) : schema;

    private static string Default(JsonElement schema, JsonElement resolved) =>
        schema.TryGetProperty("default", out var value) || resolved.TryGetProperty("default", out value) ? $"`{Cell(value.ToString())}`" : "";

    private static string? Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", "↵", StringComparison.Ordinal);
}
