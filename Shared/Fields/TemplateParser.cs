using System.Text;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Fields;

/// <summary>Reads the notation of <see cref="Template"/>.</summary>
internal sealed class TemplateParser(string text, IReadOnlySet<string>? knownNames, TimeZoneInfo zone)
{
    private readonly List<TemplatePart> _parts = [];
    private readonly StringBuilder _literal = new();
    private int _at;

    public string? Error { get; private set; }

    /// <summary>The parts in order, each with its alternatives; null when <see cref="Error"/> says what is wrong.</summary>
    public IReadOnlyList<TemplatePart>? Parse()
    {
        while (_at < text.Length && Error is null)
        {
            var c = text[_at++];
            if (c is '{' or '}' && _at < text.Length && text[_at] == c)
            {
                _at++;
                _literal.Append(c);
            }
            else if (c == '{')
            {
                EndLiteral();
                _parts.Add(Part());
            }
            else if (c == '}')
            {
                Fail("'}' without '{'; write '}}' for the brace itself");
            }
            else
            {
                _literal.Append(c);
            }
        }

        EndLiteral();
        return Error is null ? _parts : null;
    }

    private TemplatePart Part()
    {
        var values = new List<TemplateValue>();
        do
        {
            SkipBlanks();
            values.Add(_at < text.Length && text[_at] is '\'' or '"' ? Quoted() : Name());
            SkipBlanks();
        }
        while (Error is null && Take('|'));

        var transforms = Error is null && Take('=') && Take('>') ? Transforms() : [];
        if (!Take('}'))
        {
            Fail("'}' is missing");
        }

        return new TemplatePart(values, transforms);
    }

    private IReadOnlyList<Func<string, string?>> Transforms()
    {
        var end = text.IndexOf('}', _at);
        var list = end < 0 ? text[_at..] : text[_at..end];
        _at += list.Length;
        var transforms = FieldTransforms.Read(list, zone, out var problem);
        if (transforms is null)
        {
            Fail(problem!);
        }

        return transforms ?? [];
    }

    /// <summary>A quote within the text is doubled.</summary>
    private TemplateValue Quoted()
    {
        var quote = text[_at++];
        var value = new StringBuilder();
        while (_at < text.Length)
        {
            var c = text[_at++];
            if (c == quote && !Take(quote))
            {
                return new(IsName: false, value.ToString());
            }

            value.Append(c);
        }

        Fail("the closing quote is missing");
        return default;
    }

    private TemplateValue Name()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '-' or '.'))
        {
            _at++;
        }

        var name = text[start.._at];
        if (name.Length == 0)
        {
            Fail("a field's name is expected in the braces");
        }
        else if (knownNames is not null && !knownNames.Contains(name))
        {
            Fail($"there is no field '{name}'. Did you mean '{ClosestMatch.To(name, knownNames)}'?");
        }

        return new(IsName: true, name);
    }

    private bool Take(char expected)
    {
        if (_at == text.Length || text[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
    }

    private void EndLiteral()
    {
        if (_literal.Length > 0)
        {
            _parts.Add(new([new(IsName: false, _literal.ToString())], []));
            _literal.Clear();
        }
    }

    /// <summary>Only the first problem is kept: those after it are its consequences.</summary>
    private void Fail(string problem) => Error ??= $"'{text}': {problem} (character {_at}).";
}
