using System.Collections;

namespace UonOfferum.Shared.Fields;

/// <summary>The fields read from one record, by name. A field without a value is absent, never null or "".</summary>
public sealed class RecordFields(IReadOnlyDictionary<string, string> values) : IEnumerable<KeyValuePair<string, string>>
{
    public static readonly RecordFields Empty = new(new Dictionary<string, string>(StringComparer.Ordinal));

    public string? this[string name] => values.GetValueOrDefault(name);

    public int Count => values.Count;

    public RecordFields With(IEnumerable<KeyValuePair<string, string>> more)
    {
        var copy = new Dictionary<string, string>(values, StringComparer.Ordinal);
        foreach (var (name, value) in more)
        {
            copy[name] = value;
        }

        return new RecordFields(copy);
    }

    public bool SameAs(RecordFields other) => Count == other.Count && this.All(pair => other[pair.Key] == pair.Value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
