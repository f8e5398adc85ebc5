using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using UonOfferum.Shared.Json;

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
        .Select(found => FieldValue.Clean(JsonScalar.Text(found), MaxValueLength))
        .OfType<string>();
}
