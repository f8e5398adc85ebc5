using System.Text.Json;

namespace UonOfferum.Shared.Fields;

/// <summary>The fields a pipeline reads from a record, and their paths.</summary>
public sealed class FieldSet
{
    /// <summary>All values of a record together, in UTF-16 characters. A field that would exceed the limit is dropped.</summary>
    public const int MaxTotalLength = 20_000;

    private const int MaxNameLength = 60;

    private readonly List<KeyValuePair<string, FieldPath>> _paths;

    private FieldSet(IReadOnlyCollection<string> names, List<KeyValuePair<string, FieldPath>> paths)
    {
        Names = names;
        _paths = paths;
    }

    /// <summary>Every field's name, the misspelt ones included, so that one mistake is reported once.</summary>
    public IReadOnlyCollection<string> Names { get; }

    /// <summary>Reads the settings' definitions over <see cref="FieldDefaults"/>; an empty definition removes a field.</summary>
    /// <param name="definitions">Path by name.</param>
    /// <param name="zone">The zone of dates without an offset.</param>
    /// <param name="error">Receives the name and the problem of each definition that cannot be used.</param>
    public static FieldSet Parse(IReadOnlyDictionary<string, string> definitions, TimeZoneInfo zone, Action<string, string> error)
    {
        var merged = new Dictionary<string, string>(FieldDefaults.Paths, StringComparer.Ordinal);
        foreach (var (name, definition) in definitions)
        {
            merged[name] = definition.Trim();
        }

        // Defaults first: fields that an order needs must not exceed the limit because of added fields.
        var names = FieldDefaults.Names
            .Concat(merged.Keys.Except(FieldDefaults.Names, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            .Where(name => merged[name].Length > 0)
            .ToList();
        var paths = new List<KeyValuePair<string, FieldPath>>(names.Count);
        foreach (var name in names)
        {
            if (!IsName(name))
            {
                error(name, $"is not a field name. Use 1 to {MaxNameLength} Latin letters, digits, '_', '-' or '.'.");
            }
            else if (FieldPath.TryParse(merged[name], zone, out var path, out var problem))
            {
                paths.Add(new(name, path));
            }
            else
            {
                error(name, problem);
            }
        }

        return new FieldSet(names, paths);
    }

    /// <param name="reply">U-ON's whole answer.</param>
    public RecordFields Read(JsonElement reply)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var room = MaxTotalLength;
        foreach (var (name, path) in _paths)
        {
            if (path.Read(reply) is { } value && value.Length <= room)
            {
                values.Add(name, value);
                room -= value.Length;
            }
        }

        return new RecordFields(values);
    }

    /// <summary>The fields whose definition mentions one of these properties of a record.</summary>
    public IReadOnlySet<string> Reading(params IReadOnlyCollection<string> properties) =>
        _paths.Where(pair => properties.Any(pair.Value.Mentions)).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>Every value the field's alternatives hold, in order: if the first is not a phone number, the second may be.</summary>
    public IReadOnlyList<string> Candidates(string name, JsonElement reply) =>
        [.. _paths.Where(pair => pair.Key == name).SelectMany(pair => pair.Value.ReadAll(reply))];

    private static bool IsName(string name) =>
        name.Length <= MaxNameLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
