using System.Text;

namespace UonOfferum.OperationsFunction.Sentences;

/// <summary>
/// Every sentence that the app writes about a record, in each language. The journal stores them in English, as older versions did; here
/// they are parsed into code and parameters, and rendered in the reader's language. docs/decisions/0017 says why. The page does the same
/// with the same texts (sentences.ts).
/// </summary>
internal static class SentenceCatalog
{
    private const string Texts = "sentences";

    private static readonly Lazy<IReadOnlyList<SentenceTemplate>> Templates = new(() =>
        [.. EmbeddedTexts.Read(Texts, EmbeddedTexts.English).Select(text => new SentenceTemplate(text.Key, text.Value))]);

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Russian = new(() => EmbeddedTexts.Read(Texts, EmbeddedTexts.Russian));

    /// <summary>The sentences of a line; null when it does not begin with a known sentence.</summary>
    public static IReadOnlyList<SentenceView>? Read(string? line)
    {
        var found = Split(line ?? "", out _);
        return found.Count > 0 ? [.. found.Select(one => new SentenceView(one.Sentence.Template.Code, one.Sentence.Params))] : null;
    }

    /// <summary>The line in another language. Unknown text stays unchanged.</summary>
    public static string Translate(string line, string language)
    {
        if (language != EmbeddedTexts.Russian)
        {
            return line;
        }

        var rendered = new StringBuilder();
        var sentences = Split(line, out var rest);
        foreach (var (sentence, after) in sentences)
        {
            rendered.Append(Render(sentence)).Append(after);
        }

        return rendered.Append(rest).ToString();
    }

    private static string Render(SentenceMatch sentence) => SentenceTemplate.Place().Replace(Russian.Value[sentence.Template.Code], place =>
    {
        var name = place.Groups["name"].Value;
        var value = sentence.Params[name];
        return SentenceTemplate.IsPlain(name) ? value : Translate(value, EmbeddedTexts.Russian);
    });

    /// <summary>Each sentence with the separator after it.</summary>
    private static List<(SentenceMatch Sentence, string After)> Split(string line, out string rest)
    {
        var found = new List<(SentenceMatch, string)>();
        var at = 0;
        while (at < line.Length
            && Templates.Value.Select(t => t.MatchAt(line, at)).OfType<SentenceMatch>().OrderByDescending(m => m.Template.Fixed).ThenByDescending(m => m.Length).FirstOrDefault() is { } sentence)
        {
            var end = at + sentence.Length;
            var next = end < line.Length && line[end] is ('.' or ';') ? end + 1 : end;
            while (next < line.Length && char.IsWhiteSpace(line[next]))
            {
                next++;
            }

            found.Add((sentence, line[end..next]));
            at = next;
        }

        rest = line[at..];
        return found;
    }
}
