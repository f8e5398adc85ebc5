using System.Diagnostics.CodeAnalysis;

namespace UonOfferum.Shared.Fields;

/// <summary>
/// Text with places for values: <c>{field}</c>, or alternatives of which the first that has a value counts, the last often a quoted
/// text: <c>{client_name|client_surname|'Клиент'}</c>. <c>{{</c> and <c>}}</c> stand for the braces themselves.
/// </summary>
public sealed class Template
{
    private readonly IReadOnlyList<IReadOnlyList<TemplateValue>> _parts;

    internal Template(IReadOnlyList<IReadOnlyList<TemplateValue>> parts)
    {
        _parts = parts;
        Names = parts.SelectMany(p => p).Where(v => v.IsName).Select(v => v.Text).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The names the template asks for.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <param name="text">The template.</param>
    /// <param name="knownNames">Names there are values for; null: not checked.</param>
    /// <param name="template">The parsed template.</param>
    /// <param name="error">What is wrong, and the nearest known name where one was misspelt.</param>
    public static bool TryParse(
        string text, IReadOnlySet<string>? knownNames, [NotNullWhen(true)] out Template? template, [NotNullWhen(false)] out string? error)
    {
        var parser = new TemplateParser(text, knownNames);
        template = parser.Parse() is { } parts ? new Template(parts) : null;
        error = template is null ? parser.Error! : null;
        return template is not null;
    }

    /// <param name="valueOf">The value of a name; null or "" where it has none.</param>
    public string Render(Func<string, string?> valueOf) => string.Concat(_parts.Select(alternatives => alternatives
        .Select(value => value.IsName ? valueOf(value.Text) : value.Text)
        .FirstOrDefault(value => !string.IsNullOrEmpty(value))));
}

/// <summary>A name to look up, or text that stands for itself.</summary>
internal readonly record struct TemplateValue(bool IsName, string Text);
