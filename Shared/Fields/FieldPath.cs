using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using UonOfferum.Shared.Json;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Fields;

/// <summary>
/// Where a field stands in U-ON's answer, in the Webjack notation: <c>["request"][0]["client_phone"]</c>. <c>["record"]</c> at the
/// start stands for whichever envelope came, <c>[*]</c> for every item of a list, <c>[id=199888]</c> for the items with that value.
/// Alternatives are separated by <c>|</c>; the first that has a value counts.
/// </summary>
public sealed class FieldPath
{
    /// <summary>A longer value is cut, in UTF-16 characters.</summary>
    public const int MaxValueLength = 1_000;

    private readonly List<FieldSegment[]> _alternatives;

    private FieldPath(List<FieldSegment[]> alternatives) => _alternatives = alternatives;

    public static bool TryParse(string text, [NotNullWhen(true)] out FieldPath? path, [NotNullWhen(false)] out string? error)
    {
        var parser = new FieldPathParser(text);
        path = parser.Parse() is { } alternatives ? new FieldPath(alternatives) : null;
        error = path is null ? parser.Error! : null;
        return path is not null;
    }

    /// <summary>The first value found; null when there is none.</summary>
    public string? Read(JsonElement reply) => ReadAll(reply).FirstOrDefault();

    /// <summary>Every value found, in the order of the alternatives.</summary>
    /// <param name="reply">U-ON's whole answer, read by <see cref="LenientJson"/>.</param>
    public IEnumerable<string> ReadAll(JsonElement reply) => _alternatives
        .SelectMany(segments => segments.Aggregate((IEnumerable<JsonElement>)[reply], (found, segment) => found.SelectMany(segment.Step)))
        .Select(Value)
        .OfType<string>();

    private static string? Value(JsonElement found)
    {
        if (JsonScalar.Text(found) is not { } text)
        {
            return null;
        }

        // Status names come as HTML; neither a table nor a form reliably takes control characters.
        text = WebUtility.HtmlDecode(text);
        if (text.Any(IsUnprintable))
        {
            text = string.Concat(text.Where(c => !IsUnprintable(c)));
        }

        text = text.Trim().CutTo(MaxValueLength);
        return text.Length > 0 ? text : null;
    }

    private static bool IsUnprintable(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');
}
