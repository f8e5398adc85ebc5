using System.Text;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Derives a pipeline's name from its title: «Заявки из Турции» becomes <c>zayavki-iz-turtsii</c>. Pure.</summary>
internal static class PipelineNames
{
    public const int MaxLength = 40;

    /// <summary>For a title without any letter that is valid in a name.</summary>
    private const string Fallback = "pipeline";

    /// <summary>Words of the routes and the settings, which are not allowed as pipeline names.</summary>
    private static readonly string[] Reserved = ["editing", "templates", "import"];

    /// <summary>Russian as in ICAO Doc 9303 and foreign passports since 2013, with the everyday <c>ts</c>, <c>ya</c>, <c>yu</c>; then Ukrainian, Belarusian and Kazakh letters.</summary>
    private static readonly Dictionary<char, string> Latin = new()
    {
        ['а'] = "a",
        ['б'] = "b",
        ['в'] = "v",
        ['г'] = "g",
        ['д'] = "d",
        ['е'] = "e",
        ['ё'] = "e",
        ['ж'] = "zh",
        ['з'] = "z",
        ['и'] = "i",
        ['й'] = "y",
        ['к'] = "k",
        ['л'] = "l",
        ['м'] = "m",
        ['н'] = "n",
        ['о'] = "o",
        ['п'] = "p",
        ['р'] = "r",
        ['с'] = "s",
        ['т'] = "t",
        ['у'] = "u",
        ['ф'] = "f",
        ['х'] = "kh",
        ['ц'] = "ts",
        ['ч'] = "ch",
        ['ш'] = "sh",
        ['щ'] = "shch",
        ['ъ'] = "",
        ['ы'] = "y",
        ['ь'] = "",
        ['э'] = "e",
        ['ю'] = "yu",
        ['я'] = "ya",
        ['і'] = "i",
        ['ї'] = "yi",
        ['є'] = "ye",
        ['ґ'] = "g",
        ['ў'] = "u",
        ['ә'] = "a",
        ['ғ'] = "g",
        ['қ'] = "q",
        ['ң'] = "n",
        ['ө'] = "o",
        ['ұ'] = "u",
        ['ү'] = "u",
        ['һ'] = "h",
        ['ß'] = "ss",
        ['ł'] = "l",
        ['ı'] = "i",
    };

    /// <summary>Latin letters with accents, each string after its base letter. The app runs in invariant culture mode, which cannot decompose them.</summary>
    private static readonly string[] Accented = ["aàáâãäåāăą", "cçćĉċč", "dďđ", "eèéêëēĕėęě", "gĝğġģ", "iìíîïĩīĭį", "kķ", "lĺļľ", "nñńņň", "oòóôõöøōŏő", "rŕŗř", "sśŝşš", "tţťŧ", "uùúûüũūŭůűų", "yýÿ", "zźżž"];

    public static bool IsReserved(string name) => Reserved.Contains(name, StringComparer.Ordinal);

    /// <summary>Always a name that is valid in a key.</summary>
    public static string FromTitle(string title)
    {
        var name = new StringBuilder();
        foreach (var letter in title.ToLowerInvariant())
        {
            if (Latin.TryGetValue(letter, out var latin))
            {
                name.Append(latin);
                continue;
            }

            if (Array.Find(Accented, all => all.IndexOf(letter, StringComparison.Ordinal) > 0) is { } plain)
            {
                name.Append(plain[0]);
                continue;
            }

            if (char.IsAsciiLetterOrDigit(letter))
            {
                name.Append(letter);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        var made = name.ToString()[..Math.Min(name.Length, MaxLength)].Trim('-');
        return made.Length == 0 ? Fallback : IsReserved(made) ? $"{made}-1" : made;
    }

    /// <summary>The name, or the first free one with a number appended.</summary>
    public static string Free(string name, Func<string, bool> isTaken)
    {
        if (!isTaken(name))
        {
            return name;
        }

        for (var number = 2; ; number++)
        {
            var tail = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-{number}");
            var next = name[..Math.Min(name.Length, MaxLength - tail.Length)].TrimEnd('-') + tail;
            if (!isTaken(next))
            {
                return next;
            }
        }
    }

    /// <summary>Why a chosen name is invalid; null when it is valid.</summary>
    public static string? Refusal(string name) =>
        !OperationId.IsPipelineName(name) ? $"'{name[..Math.Min(name.Length, 80)]}' is not a pipeline name. Use 1 to {MaxLength} of a-z, 0-9 and '-'."
        : IsReserved(name) ? $"'{name}' is reserved by the API. Choose another name."
        : null;
}
