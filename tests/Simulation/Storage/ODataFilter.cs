using System.Globalization;
using System.Text.Json;

namespace UonOfferum.Tests.Simulation.Storage;

/// <summary>The part of the table service's query language that filters use: comparisons joined by and, or, not and brackets.</summary>
public sealed class ODataFilter
{
    private readonly List<string> _words;
    private readonly Func<StoredRow, bool> _test;
    private int _next;

    private ODataFilter(string text)
    {
        _words = Split(text);
        _test = _words.Count == 0 ? _ => true : Or();
        if (_next < _words.Count)
        {
            throw new NotSupportedException($"The simulated table does not read the filter '{text}' from '{_words[_next]}' on.");
        }
    }

    /// <summary>The only partition of the query; null: several.</summary>
    public string? Partition { get; private set; }

    /// <summary>No row before this key can match.</summary>
    public string From { get; private set; } = "";

    public static ODataFilter Parse(string text) => new(text);

    public bool Matches(StoredRow row) => _test(row);

    private Func<StoredRow, bool> Or()
    {
        var left = And();
        while (Take("or"))
        {
            var (one, other) = (left, And());
            // A range applies only where all conditions are joined by and.
            (Partition, From) = (null, "");
            left = row => one(row) || other(row);
        }

        return left;
    }

    private Func<StoredRow, bool> And()
    {
        var left = Factor();
        while (Take("and"))
        {
            var (one, other) = (left, Factor());
            left = row => one(row) && other(row);
        }

        return left;
    }

    private Func<StoredRow, bool> Factor()
    {
        if (Take("not"))
        {
            var (partition, from) = (Partition, From);
            var inner = Factor();
            (Partition, From) = (partition, from);
            return row => !inner(row);
        }

        if (Take("("))
        {
            var (partition, from) = (Partition, From);
            var inner = Or();
            (Partition, From) = (Partition ?? partition, From.Length > 0 ? From : from);
            return Take(")") ? inner : throw new NotSupportedException("A bracket of a filter does not close.");
        }

        var (name, operation, literal) = (_words[_next], _words[_next + 1], Literal(_words[_next + 2]));
        _next += 3;
        (Partition, From) = (name, operation, literal) switch
        {
            ("PartitionKey", "eq", string key) => (key, From),
            ("RowKey", "ge" or "gt" or "eq", string key) => (Partition, key),
            _ => (Partition, From),
        };
        return row => Compare(Value(row, name), literal) is { } order && Holds(operation, order);
    }

    private bool Take(string word)
    {
        var found = _next < _words.Count && _words[_next] == word;
        _next += found ? 1 : 0;
        return found;
    }

    private static bool Holds(string operation, int order) => operation switch
    {
        "eq" => order == 0,
        "ne" => order != 0,
        "lt" => order < 0,
        "le" => order <= 0,
        "gt" => order > 0,
        "ge" => order >= 0,
        _ => throw new NotSupportedException($"Not an operator of a filter: {operation}."),
    };

    private static object? Value(StoredRow row, string name) => name switch
    {
        "PartitionKey" => row.Partition,
        "RowKey" => row.Key,
        _ => row.Json.TryGetProperty(name, out var value) ? Value(value, row.TextOf(name + "@odata.type")) : null,
    };

    private static object? Value(JsonElement value, string? type) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when type is "Edm.DateTime" => value.GetDateTimeOffset(),
        JsonValueKind.String when type is "Edm.Int64" => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        JsonValueKind.String => value.GetString(),
        _ => null,
    };

    /// <summary>Null if the two cannot be compared: then every comparison is false.</summary>
    private static int? Compare(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (double a, double b) => a.CompareTo(b),
        (bool a, bool b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        _ => null,
    };

    private static object Literal(string word) => word switch
    {
        "true" => true,
        "false" => false,
        _ when word[0] == '\'' => word[1..^1].Replace("''", "'", StringComparison.Ordinal),
        _ when word.StartsWith("datetime'", StringComparison.Ordinal) => DateTimeOffset.Parse(word[9..^1], CultureInfo.InvariantCulture),
        _ => double.Parse(word.TrimEnd('L'), CultureInfo.InvariantCulture),
    };

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '(' or ')')
            {
                words.Add(text[i].ToString());
            }
            else if (text[i] != ' ')
            {
                var start = i;
                for (var quoted = false; i < text.Length && (quoted || text[i] is not (' ' or '(' or ')')); i++)
                {
                    quoted ^= text[i] == '\'';
                }

                words.Add(text[start..i--]);
            }
        }

        return words;
    }
}
