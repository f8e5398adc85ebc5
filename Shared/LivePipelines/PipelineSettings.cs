using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Shared.LivePipelines;

/// <summary>
/// A stored pipeline as configuration: its JSON object, in the format of <c>pipelines.json</c>, overridden by its secrets, as app
/// settings override the file. So the same reader serves both kinds of pipelines.
/// </summary>
public static class PipelineSettings
{
    /// <summary>The longest settings, in bytes of UTF-8.</summary>
    public const int MaxBytes = 512 * 1024;

    /// <summary>Letters stay readable in Storage Explorer. Characters outside the BMP are escaped, because a cell may end within a surrogate pair.</summary>
    private static readonly JsonSerializerOptions Stored = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Null when the text is not a JSON object.</summary>
    public static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Tolerant) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The form in which settings are stored and compared.</summary>
    public static string Write(JsonObject settings) => settings.ToJsonString(Stored);

    /// <summary>Reads stored settings; settings that cannot be parsed are a problem of the whole pipeline.</summary>
    /// <param name="name">The pipeline's.</param>
    /// <param name="settings">A JSON object.</param>
    /// <param name="secrets">Values by the key of their setting.</param>
    /// <param name="parts">The stages' own settings.</param>
    /// <param name="origin">Where they come from.</param>
    public static PipelineReading Read(
        string name, string settings, IEnumerable<KeyValuePair<string, string>> secrets, IReadOnlyList<SettingsPart> parts, PipelineOrigin origin)
    {
        var section = $"{PipelineReader.Section}:{name}";
        var overlay = secrets.Select(s => KeyValuePair.Create($"{section}:{s.Key}", (string?)s.Value)).ToList();
        try
        {
            return Read(Configure(name, settings, overlay), parts, origin);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or JsonException or InvalidOperationException or ArgumentException)
        {
            // For example the same key twice, in different case.
            var problem = new SettingProblem("", ProblemCodes.Json, $"The settings cannot be read: {e.Message}", "Correct the JSON.");
            var (pipeline, errors, problems) = Read(Configure(name, "{}", overlay), parts, origin);
            return new PipelineReading(pipeline, [$"{section}: {problem.Message} {problem.Remedy}", .. errors], [problem, .. problems]);
        }

        PipelineReading Read(IConfiguration configuration, IReadOnlyList<SettingsPart> all, PipelineOrigin from) =>
            PipelineReader.Read(configuration.GetSection(section), all, from);
    }

    private static IConfigurationRoot Configure(string name, string settings, IEnumerable<KeyValuePair<string, string?>> overlay)
    {
        var whole = new JsonObject { [PipelineReader.Section] = new JsonObject { [name] = Parse(settings) ?? [] } };
        return new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(whole.ToJsonString(Stored))))
            .AddInMemoryCollection(overlay)
            .Build();
    }
}
