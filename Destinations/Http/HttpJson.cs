using System.Globalization;
using System.Text.Json.Nodes;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Destinations.Http;

/// <summary>
/// A JSON body as the settings spell it, key by key: <c>Json:contact:phone</c> → template. If all keys are numbers, they form a list. Every value
/// is text; an empty one is omitted.
/// </summary>
public sealed record HttpJson(Template? Leaf, IReadOnlyList<KeyValuePair<string, HttpJson>> Children)
{
    private const int MaxDepth = 8;

    public static HttpJson Read(SettingsReader section, IReadOnlySet<string> names) => Read(section, names, 1);

    /// <summary>Null when nothing in it has a value.</summary>
    public JsonNode? Render(Func<string, string?> valueOf)
    {
        if (Leaf is { } leaf)
        {
            return leaf.Render(valueOf) is { Length: > 0 } text ? JsonValue.Create(text) : null;
        }

        var inner = Children.Select(c => (c.Key, Node: c.Value.Render(valueOf))).Where(c => c.Node is not null).ToList();
        if (inner.Count == 0)
        {
            return null;
        }

        return IsList ? new JsonArray([.. inner.Select(c => c.Node)]) : new JsonObject(inner.Select(c => KeyValuePair.Create(c.Key, c.Node)));
    }

    private bool IsList => Children.All(c => int.TryParse(c.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static HttpJson Read(SettingsReader section, IReadOnlySet<string> names, int depth)
    {
        var children = new List<KeyValuePair<string, HttpJson>>();
        foreach (var child in section.Children())
        {
            if (!child.GetChildren().Any())
            {
                if (section.Template(child.Key, "", names) is { } template)
                {
                    children.Add(new(child.Key, new HttpJson(template, [])));
                }
            }
            else if (depth == MaxDepth)
            {
                section.Error(child.Key, $"is nested deeper than {MaxDepth} levels.");
            }
            else
            {
                children.Add(new(child.Key, Read(section.Section(child.Key), names, depth + 1)));
            }
        }

        return new HttpJson(null, children);
    }
}
