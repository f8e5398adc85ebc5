using System.Diagnostics.CodeAnalysis;

namespace UonOfferum.Shared.Fields;

/// <summary>
/// Text with placeholders: <c>{field}</c>, or alternatives of which the first with a value is used, the last often a quoted
/// text: <c>{client_name|client_surname|'Клиент'}</c>. <c>{{</c> and <c>}}</c> are escaped braces. A name's value may be changed by
/// <see cref="FieldTransforms"/>: <c>{client_name|client_surname|'Клиент' => first-word, upper}</c>; a quoted text is not changed.
/// </summary>
public sealed class Template
{
    private readonly IReadOnlyList<TemplatePart> _parts;

    internal Template(IReadOnlyList<TemplatePart> parts)
    {
        _parts = parts;
        Names = parts.SelectMany(p => p.Alternatives).Where(v => v.IsName).Select(v => v.Text).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The names that the template uses.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <param name="text">The template.</param>
    /// <param name="knownNames">Names that have values; null: not checked.</param>
    /// <param name="template">The parsed template.</param>
    /// <param name="error">What is wrong, with the nearest known name for a misspelt one.</param>
    public static bool TryParse(
        string text, IReadOnlySet<string>? knownNames, [NotNullWhen(true)] out Template? template, [NotNullWhen(false)] out string? error) =>
        TryParse(text, knownNames, PipelineTimeZone.Fallback, out template, out error);

    /// <inheritdoc cref="TryParse(string, IReadOnlySet{string}?, out Template?, out string?)"/>
    /// <param name="zone">The zone of dates without an offset.</param>
    public static bool TryParse(
        string text,
        IReadOnlySet<string>? knownNames,
        TimeZoneInfo zone,
        [NotNullWhen(true)] out Template? template,
        [NotNullWhen(false)] out string? error)
    {
        var parser = new TemplateParser(text, knownNames, zone);
        template = parser.Parse() is { } parts ? new Template(parts) : null;
        error = template is null ? parser.Error! : null;
        return template is not null;
    }

    /// <param name="valueOf">The value of a name; null or "" where it has none.</param>
    public string Render(Func<string, string?> valueOf) => Render(valueOf, value => value);

    /// <param name="valueOf">The value of a name; null or "" where it has none.</param>
    /// <param name="encode">Encodes a name's value after its transforms; quoted text and the rest are not changed.</param>
    public string Render(Func<string, string?> valueOf, Func<string, string> encode) => string.Concat(_parts.Select(part => part.Alternatives
        .Select(value => value.IsName ? Encoded(part.Transforms.Apply(valueOf(value.Text)), encode) : value.Text)
        .FirstOrDefault(value => !string.IsNullOrEmpty(value))));

    /// <summary>A template of literal text, which is not parsed.</summary>
    internal static Template Literal(string text) => new([new([new(IsName: false, text)], [])]);

    private static string? Encoded(string? value, Func<string, string> encode) => string.IsNullOrEmpty(value) ? null : encode(value);
}

/// <param name="Alternatives">The first with a value is used.</param>
/// <param name="Transforms">Applied to the value of a name.</param>
internal sealed record TemplatePart(IReadOnlyList<TemplateValue> Alternatives, IReadOnlyList<Func<string, string?>> Transforms);

/// <summary>A name to look up, or literal text.</summary>
internal readonly record struct TemplateValue(bool IsName, string Text);
