using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Settings of a pipeline kept as code.</summary>
/// <param name="Settings">From the file and the app settings, without secrets; each value is text.</param>
/// <param name="Secrets">By the key of their setting.</param>
public sealed record CodePipeline(JsonObject Settings, IReadOnlyDictionary<string, string> Secrets)
{
    /// <summary>Without the values.</summary>
    public override string ToString() => nameof(CodePipeline);
}

/// <summary>Reads the settings of pipelines kept as code, to export them or to copy them to the page.</summary>
public sealed class CodePipelines(PipelineCatalog catalog, IConfiguration configuration)
{
    /// <summary>Null when no valid pipeline of that name is kept as code.</summary>
    public CodePipeline? Find(string name)
    {
        if (!catalog.Code.TryFind(name, out var pipeline))
        {
            return null;
        }

        var settings = Node(configuration.GetSection($"{PipelineReader.Section}:{name}")) as JsonObject ?? [];
        var secrets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in pipeline.Settings.Where(s => s.IsSecret).Select(s => s.Key))
        {
            if (SettingPaths.Take(settings, key) is { Length: > 0 } value)
            {
                secrets[key] = value;
            }
        }

        return new CodePipeline(settings, secrets);
    }

    private static JsonNode? Node(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0)
        {
            return section.Value is { } value ? JsonValue.Create(value) : null;
        }

        // Configuration stores a list under numeric keys; convert it back into a list.
        if (children.TrueForAll(child => child.Key.All(char.IsAsciiDigit)))
        {
            return new JsonArray([.. children.Select(Node)]);
        }

        var item = new JsonObject();
        foreach (var child in children.Where(c => Node(c) is not null))
        {
            item[child.Key] = Node(child);
        }

        return item;
    }
}
