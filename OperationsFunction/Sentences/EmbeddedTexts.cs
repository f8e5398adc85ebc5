using System.Text.Json;

namespace UonOfferum.OperationsFunction.Sentences;

/// <summary>The page's texts, also embedded in this assembly: all texts for operators are kept in one place.</summary>
internal static class EmbeddedTexts
{
    public const string English = "en";
    public const string Russian = "ru";

    /// <summary>Every language with texts.</summary>
    public static IReadOnlyList<string> Languages { get; } = [Russian, English];

    /// <param name="name">Such as <c>sentences</c>.</param>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    public static IReadOnlyDictionary<string, string> Read(string name, string language)
    {
        using var stream = typeof(EmbeddedTexts).Assembly.GetManifestResourceStream($"texts/{name}.{language}.json")
            ?? throw new InvalidOperationException($"This build lacks the texts {name}.{language}.json. Console.targets embeds them.");
        using var json = JsonDocument.Parse(stream);
        return json.RootElement.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!, StringComparer.Ordinal);
    }
}
