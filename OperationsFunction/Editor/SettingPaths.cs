using System.Text.Json.Nodes;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Finds settings in a pipeline's JSON by their keys (<c>Offerum:Form:name</c>), whatever the case, as configuration does. Pure.</summary>
internal static class SettingPaths
{
    /// <summary>Removes the value and returns its text; null when there is none.</summary>
    public static string? Take(JsonObject settings, string key)
    {
        var parts = key.Split(':');
        var at = settings;
        foreach (var part in parts[..^1])
        {
            if (Find(at, part) is not { Value: JsonObject inner })
            {
                return null;
            }

            at = inner;
        }

        if (Find(at, parts[^1]) is not { Value: JsonValue value } found)
        {
            return null;
        }

        at.Remove(found.Key);
        return value.ToString();
    }

    /// <summary>Every setting by its key, each value as text; empty values are omitted.</summary>
    public static IReadOnlyDictionary<string, string> Flatten(JsonNode? node)
    {
        var all = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Collect("", node, all);
        return all;
    }

    private static KeyValuePair<string, JsonNode?>? Find(JsonObject item, string name)
    {
        foreach (var pair in item)
        {
            if (pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return pair;
            }
        }

        return null;
    }

    private static void Collect(string path, JsonNode? node, SortedDictionary<string, string> all)
    {
        switch (node)
        {
            case JsonObject item:
                foreach (var (name, value) in item)
                {
                    Collect(path.Length == 0 ? name : $"{path}:{name}", value, all);
                }

                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    Collect(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}:{i}"), list[i], all);
                }

                break;
            case { } value:
                all[path] = value.ToString();
                break;
            default:
                break;
        }
    }
}
