using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;

namespace UonOfferum.LocalHost.Settings;

/// <summary>The <c>Values</c> of <c>local.settings.json</c>, which <c>func start</c> passes to the app as environment variables.</summary>
internal static class LocalSettings
{
    private static readonly JsonSerializerOptions Json = new()
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        PropertyNameCaseInsensitive = true,
    };

    /// <summary>Add it before the environment, which takes precedence.</summary>
    public static void AddLocalSettings(this IConfigurationBuilder builder, string contentRoot)
    {
        var file = Path.Combine(contentRoot, "local.settings.json");
        if (!File.Exists(file))
        {
            return;
        }

        try
        {
            var values = JsonSerializer.Deserialize<Shape>(File.ReadAllText(file), Json)?.Values ?? [];
            builder.AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value)));
        }
        catch (JsonException exception)
        {
            throw new LocalHostException($"{file} is not valid JSON, or a value in it is not a string: {exception.Message}", exception);
        }
    }

    private sealed record Shape([property: JsonPropertyName("Values")] Dictionary<string, string?>? Values);
}
