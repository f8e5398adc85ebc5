using System.Globalization;
using System.Net;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Fields;

/// <summary>
/// The changes a value may undergo, by name: <c>{client_name => first-word, upper}</c>. Pure, and a closed list: settings are not a
/// programming language. If a transform yields nothing, the next alternative is used.
/// </summary>
public static class FieldTransforms
{
    /// <summary>Separates a value from its transforms.</summary>
    public const string Arrow = "=>";

    /// <summary>The names, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "trim", "one-line", "html-decode", "upper", "lower", "capitalize", "first-word", "last-word", "digits", "number",
        "date:unix", "date:iso", "date:day",
    ];

    /// <summary>Reads a comma-separated list of names; null and the reason when one of them is unknown.</summary>
    internal static IReadOnlyList<Func<string, string?>>? Read(string list, TimeZoneInfo zone, out string? problem)
    {
        problem = null;
        var transforms = new List<Func<string, string?>>();
        foreach (var name in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Find(name, zone) is not { } transform)
            {
                problem = name.Length == 0
                    ? $"a transform's name is expected after '{Arrow}'. Known: {string.Join(", ", Names)}"
                    : $"there is no transform '{name}'. Did you mean '{ClosestMatch.To(name, Names)}'?";
                return null;
            }

            transforms.Add(transform);
        }

        return transforms;
    }

    /// <summary>Applies them in order; null as soon as one yields nothing.</summary>
    internal static string? Apply(this IReadOnlyList<Func<string, string?>> transforms, string? value)
    {
        foreach (var transform in transforms)
        {
            value = string.IsNullOrEmpty(value) ? null : transform(value);
        }

        return value;
    }

    private static Func<string, string?>? Find(string name, TimeZoneInfo zone) => name switch
    {
        "trim" => text => text.Trim(),
        "one-line" => text => string.Join(' ', Words(text)),
        "html-decode" => WebUtility.HtmlDecode,
        "upper" => text => text.ToUpperInvariant(),
        "lower" => text => text.ToLowerInvariant(),
        "capitalize" => text => string.Join(' ', Words(text).Select(Capital)),
        "first-word" => text => Words(text).FirstOrDefault(),
        "last-word" => text => Words(text).LastOrDefault(),
        "digits" => text => string.Concat(text.Where(char.IsAsciiDigit)),
        "number" => Number,
        "date:unix" => text => FieldDates.Read(text, zone)?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        "date:iso" => text => FieldDates.Read(text, zone)?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        "date:day" => text => FieldDates.Read(text, zone)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant();

    /// <summary>U-ON writes money with a point, with a comma, and with blanks as thousands separators.</summary>
    private static string? Number(string text)
    {
        var plain = string.Concat(text.Where(c => !char.IsWhiteSpace(c))).Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;
    }
}
