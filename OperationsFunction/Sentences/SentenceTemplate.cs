using System.Text;
using System.Text.RegularExpressions;

namespace UonOfferum.OperationsFunction.Sentences;

/// <summary>An English sentence with placeholders, such as <c>Offerum answered HTTP {status}</c>, and how to find it in a line.</summary>
internal sealed partial class SentenceTemplate
{
    /// <summary>A sentence ends with the line, or where the next one begins.</summary>
    private const string End = @"(?=\.?\z|\. |; | \+[0-9])";

    private const string Any = ".+?";

    /// <summary>The values that a placeholder may hold; other placeholders hold any text. sentences.ts has the same list.</summary>
    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["status"] = "[0-9]{3}",
        ["n"] = "[0-9][0-9.,]*",
        ["field"] = "[A-Za-z][A-Za-z0-9_]*",
        ["time"] = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}Z",
        ["owner"] = "[a-z0-9-]+/[a-z]+/[0-9]+",
        ["setting"] = "[A-Z][A-Za-z0-9_]*(?::[A-Za-z0-9_]+)+",
        ["endpoint"] = "[A-Za-z0-9_/.-]+",
        ["method"] = "[A-Za-z0-9_.]+",
        ["order"] = "[A-Za-z0-9_-]+",
        ["server"] = "[A-Za-z0-9_.-]+(?: service)?",
    };

    private readonly string _beginning;
    private readonly Regex _pattern;

    public SentenceTemplate(string code, string text)
    {
        Code = code;
        var pattern = new StringBuilder(@"\G");
        var at = 0;
        foreach (Match place in Place().Matches(text))
        {
            var name = place.Groups["name"].Value;
            pattern.Append(Regex.Escape(text[at..place.Index])).Append("(?<").Append(name).Append('>').Append(Places.GetValueOrDefault(name, Any)).Append(')');
            Fixed += place.Index - at;
            at = place.Index + place.Length;
        }

        Fixed += text.Length - at;
        pattern.Append(Regex.Escape(text[at..])).Append(End);
        _beginning = text[..(text.IndexOf('{', StringComparison.Ordinal) is var first and >= 0 ? first : text.Length)];
        _pattern = new Regex(pattern.ToString(), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }

    public string Code { get; }

    /// <summary>The number of fixed characters: of two matching sentences, the one with more fixed text wins.</summary>
    public int Fixed { get; }

    /// <summary>Whether a placeholder of this name holds a value of a known format, which is never a sentence itself.</summary>
    public static bool IsPlain(string place) => Places.ContainsKey(place);

    /// <summary>Null when the line does not continue with this sentence.</summary>
    public SentenceMatch? MatchAt(string line, int at)
    {
        // The fixed prefix rules out nearly all sentences without a regular expression.
        if (!line.AsSpan(at).StartsWith(_beginning, StringComparison.Ordinal))
        {
            return null;
        }

        return _pattern.Match(line, at) is { Success: true } found
            ? new SentenceMatch(this, found.Length, found.Groups.Values.Skip(1).ToDictionary(g => g.Name, g => g.Value, StringComparer.Ordinal))
            : null;
    }

    /// <summary>A placeholder; the group <c>name</c> holds its name.</summary>
    [GeneratedRegex(@"\{(?<name>[A-Za-z0-9_]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    internal static partial Regex Place();
}

/// <param name="Template">The sentence.</param>
/// <param name="Length">The length of the match in the line.</param>
/// <param name="Params">The values of its placeholders.</param>
internal sealed record SentenceMatch(SentenceTemplate Template, int Length, IReadOnlyDictionary<string, string> Params);
