using System.Globalization;

namespace UonOfferum.Shared.Fields;

/// <summary>Reads the notation of <see cref="FieldPath"/>.</summary>
internal sealed class FieldPathParser(string text, TimeZoneInfo zone)
{
    private const string Example = "[\"request\"][0][\"client_phone\"]";
    private int _at;

    public string? Error { get; private set; }

    /// <summary>The quoted text at the end, if there is one.</summary>
    public string? Default { get; private set; }

    public IReadOnlyList<Func<string, string?>> Transforms { get; private set; } = [];

    /// <summary>The alternatives in order; null when <see cref="Error"/> says what is wrong.</summary>
    public List<FieldSegment[]>? Parse()
    {
        var alternatives = new List<FieldSegment[]>();
        do
        {
            SkipBlanks();
            if (_at < text.Length && text[_at] is '"' or '\'')
            {
                Default = Literal();
                break;
            }

            if (Alternative() is not { } segments)
            {
                return null;
            }

            alternatives.Add(segments);
        }
        while (Take('|'));

        SkipBlanks();
        if (text.AsSpan(_at).StartsWith(FieldTransforms.Arrow, StringComparison.Ordinal))
        {
            ReadTransforms();
        }

        if (_at < text.Length)
        {
            Fail<string>(Default is null ? "'[' or '|' is expected" : "only transforms may follow the default");
        }

        return Error is null ? alternatives : null;
    }

    private void ReadTransforms()
    {
        _at += FieldTransforms.Arrow.Length;
        Transforms = FieldTransforms.Read(text[_at..], zone, out var problem) ?? [];
        if (problem is not null)
        {
            Fail<string>(problem);
        }

        _at = text.Length;
    }

    /// <summary>The quoted default; a quote within it is doubled.</summary>
    private string? Literal()
    {
        var quote = text[_at];
        for (var end = text.IndexOf(quote, _at + 1); end >= 0; end = text.IndexOf(quote, end + 2))
        {
            if (end + 1 < text.Length && text[end + 1] == quote)
            {
                continue;
            }

            var literal = text[(_at + 1)..end].Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);
            _at = end + 1;
            return literal;
        }

        return Fail<string>("the closing quote is missing");
    }

    private FieldSegment[]? Alternative()
    {
        var segments = new List<FieldSegment>();
        while (Take('['))
        {
            if (Segment() is not { } segment || !Take(']'))
            {
                return Fail<FieldSegment[]>("']' is expected");
            }

            var isEnvelope = segments.Count == 0 && segment is FieldSegment.Property { Name: FieldSegment.Envelope.Name };
            segments.Add(isEnvelope ? new FieldSegment.Envelope() : segment);
        }

        return segments is [FieldSegment.Property or FieldSegment.Envelope, ..]
            ? [.. segments]
            : Fail<FieldSegment[]>($"a path starts with a name in quotes, as in {Example}");
    }

    private FieldSegment? Segment()
    {
        if (Take('*'))
        {
            return new FieldSegment.Every();
        }

        if (Quoted() is { } name)
        {
            return Take('=') ? Condition(name) : new FieldSegment.Property(name);
        }

        var word = Word();
        if (word.Length > 0 && Take('='))
        {
            return Condition(word);
        }

        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new FieldSegment.Index(position)
            : Fail<FieldSegment>($"brackets contain a name in quotes, a number, * or name=value, as in {Example}");
    }

    private FieldSegment? Condition(string name)
    {
        var value = Quoted() ?? Word();
        return value.Length > 0 ? new FieldSegment.Where(name, value) : Fail<FieldSegment>("a value is expected after '='");
    }

    private string? Quoted()
    {
        SkipBlanks();
        if (_at == text.Length || text[_at] is not ('"' or '\''))
        {
            return null;
        }

        var end = text.IndexOf(text[_at], _at + 1);
        if (end <= _at + 1)
        {
            return Fail<string>(end < 0 ? "the closing quote is missing" : "the name in quotes is empty");
        }

        var name = text[(_at + 1)..end];
        _at = end + 1;
        return name;
    }

    private string Word()
    {
        SkipBlanks();
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '-'))
        {
            _at++;
        }

        return text[start.._at];
    }

    private bool Take(char expected)
    {
        SkipBlanks();
        if (_at == text.Length || text[_at] != expected)
        {
            return false;
        }

        _at++;
        SkipBlanks();
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    /// <summary>Only the first problem is kept: those after it are its consequences.</summary>
    private T? Fail<T>(string problem) where T : class
    {
        Error ??= $"'{text}': {problem} (character {_at + 1}).";
        return null;
    }
}
