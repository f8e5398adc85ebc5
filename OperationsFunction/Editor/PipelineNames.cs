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

    /// <summary>Russian as in ICAO Doc 9303 and foreign passports since 2013, with the everyday <c>ts</c>, <c>ya</c>, <c>yu</c>; then Ukrainian, Belarusian and Kazakh letters. Each letter is followed by its spelling.</summary>
    private static readonly Dictionary<char, string> Latin =
        ("аa бb вv гg дd еe ёe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya "
            + "іi їyi єye ґg ўu әa ғg қq ңn өo ұu үu һh ßss łl ıi")
        .Split(' ').ToDictionary(pair => pair[0], pair => pair[1..]);

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
