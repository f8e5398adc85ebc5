using System.Diagnostics.CodeAnalysis;

namespace UonOfferum.Shared.Fields;

/// <summary>
/// Text with places for values: <c>{field}</c>, or alternatives of which the first that has a value counts, the last often a quoted
/// text: <c>{client_name|client_surname|'Клиент'}</c>. <c>{{</c> and <c>}}</c> stand for the braces themselves. What a name gave may be changed by
/// <see cref="FieldTransforms"/>: <c>{client_name|client_surname|'Клиент' => first-word, upper}</c>; a quoted text stands as it is.
/// </summary>
public sealed class Template
{
    private readonly IReadOnlyList<TemplatePart> _parts;

    internal Template(IReadOnlyList<TemplatePart> parts)
    {
        _parts = parts;
        Names = parts.SelectMany(p => p.Alternatives).Where(v => v.IsName).Select(v => v.Text).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The names the template asks for.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <param name="text">The template.</param>
    /// <param name="knownNames">Names there are values for; null: not checked.</param>
    /// <param name="template">The parsed template.</param>
    /// <param name="error">What is wrong, and the nearest known name where one was misspelt.</param>
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
    /// <param name="encode">Fits a name's value, its transforms done, into its surroundings; quoted text and the rest stand as they are.</param>
    public string Render(Func<string, string?> valueOf, Func<string, string> encode) => string.Concat(_parts.Select(part => part.Alternatives
        .Select(value => value.IsName ? Encoded(part.Transforms.Apply(valueOf(value.Text)), encode) : value.Text)
        .FirstOrDefault(value => !string.IsNullOrEmpty(value))));

    /// <summary>Text that stands for itself, whatever it holds.</summary>
    internal static Template Literal(string text) => new([new([new(IsName: false, text)], [])]);

    private static string? Encoded(string? value, Func<string, string> encode) => string.IsNullOrEmpty(value) ? null : encode(value);
}

/// <param name="Alternatives">The first that has a value counts.</param>
/// <param name="Transforms">What is done to the value of a name.</param>
internal sealed record TemplatePart(IReadOnlyList<TemplateValue> Alternatives, IReadOnlyList<Func<string, string?>> Transforms);

/// <summary>A name to look up, or text that stands for itself.</summary>
internal readonly record struct TemplateValue(bool IsName, string Text);
