using System.Collections;

namespace UonOfferum.Shared.Fields;

/// <summary>The fields read from one record, by name. A field without a value is absent, never null or "".</summary>
public sealed class RecordFields(IReadOnlyDictionary<string, string> values) : IEnumerable<KeyValuePair<string, string>>
{
    public static readonly RecordFields Empty = new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>When the order was created, in Unix seconds; computed, not read from the record.</summary>
    public const string OrderTime = "order_time";

    /// <summary>The original value of a corrected field is stored under its name with this prefix.</summary>
    public const string OriginalPrefix = "original_";

    /// <summary>The original of a field that had no value before it was corrected.</summary>
    public const string NoOriginal = "—";

    public string? this[string name] => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public int Count => values.Count;

    /// <summary>Sets fields; an empty value removes its field.</summary>
    public RecordFields With(IEnumerable<KeyValuePair<string, string>> more)
    {
        var copy = new Dictionary<string, string>(values, StringComparer.Ordinal);
        foreach (var (name, value) in more)
        {
            if (string.IsNullOrEmpty(value))
            {
                copy.Remove(name);
            }
            else
            {
                copy[name] = value;
            }
        }

        return new RecordFields(copy);
    }

    /// <summary>Whether orders made from both would have the same content, except for the time of the order.</summary>
    public bool SameAs(RecordFields other) =>
        Count == other.Count && this.All(pair => pair.Key == OrderTime || other[pair.Key] == pair.Value);

    /// <summary>A copy without the named fields.</summary>
    public RecordFields Without(IReadOnlySet<string> names) =>
        new(values.Where(pair => !names.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal));

    /// <summary>
    /// The freshly read fields with an operator's earlier corrections: a correction applies until U-ON's value differs from the one that
    /// was corrected.
    /// </summary>
    public RecordFields KeepingEdits(RecordFields before)
    {
        var kept = before
            .Where(f => f.Key.StartsWith(OriginalPrefix, StringComparison.Ordinal))
            .Select(f => (Original: f, Name: f.Key[OriginalPrefix.Length..]))
            .Where(f => (this[f.Name] ?? NoOriginal) == f.Original.Value)
            .SelectMany(f => new[] { f.Original, KeyValuePair.Create(f.Name, before[f.Name] ?? "") });
        return With(kept);
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
