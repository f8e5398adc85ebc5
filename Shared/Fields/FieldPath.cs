using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Fields;

/// <summary>
/// The path of a field in U-ON's reply, in the Webjack notation: <c>["request"][0]["client_phone"]</c>. <c>["record"]</c> at the
/// start matches any envelope, <c>[*]</c> matches every item of a list, <c>[id=199888]</c> for the items with that value.
/// Alternatives are separated by <c>|</c>; the first with a value is used, and the last may be a quoted text, which always has one.
/// <see cref="FieldTransforms"/> change the value: <c>["record"][0]["dat"]|'нет' => date:day</c>; the quoted text is not changed.
/// </summary>
public sealed class FieldPath
{
    /// <summary>A longer value is cut, in UTF-16 characters.</summary>
    public const int MaxValueLength = 1_000;

    private readonly List<FieldSegment[]> _alternatives;

    private readonly IReadOnlyList<Func<string, string?>> _transforms;
    private readonly string? _default;

    private readonly string _text;

    private FieldPath(string text, List<FieldSegment[]> alternatives, string? otherwise, IReadOnlyList<Func<string, string?>> transforms) =>
        (_text, _alternatives, _default, _transforms) = (text, alternatives, FieldValue.Clean(otherwise, MaxValueLength), transforms);

    public static bool TryParse(
        string text, TimeZoneInfo zone, [NotNullWhen(true)] out FieldPath? path, [NotNullWhen(false)] out string? error)
    {
        var parser = new FieldPathParser(text, zone);
        path = parser.Parse() is { } alternatives ? new FieldPath(text, alternatives, parser.Default, parser.Transforms) : null;
        error = path is null ? parser.Error! : null;
        return path is not null;
    }

    /// <summary>Whether it reads a property of this name.</summary>
    public bool Mentions(string property) => _text.Contains($"[\"{property}\"]", StringComparison.Ordinal);

    /// <summary>The first value found, else the default; null when there is none.</summary>
    public string? Read(JsonElement reply) => ReadAll(reply).FirstOrDefault() ?? _default;

    /// <summary>Every value found, in the order of the alternatives, without the default.</summary>
    /// <param name="reply">U-ON's whole answer, read by <see cref="LenientJson"/>.</param>
    public IEnumerable<string> ReadAll(JsonElement reply) => _alternatives
        .SelectMany(segments => segments.Aggregate((IEnumerable<JsonElement>)[reply], (found, segment) => found.SelectMany(segment.Step)))
        .Select(found => Changed(FieldValue.Clean(JsonScalar.Text(found), MaxValueLength)))
        .OfType<string>();

    private string? Changed(string? value) =>
        _transforms.Count == 0 ? value : FieldValue.Clean(_transforms.Apply(value), MaxValueLength);
}
