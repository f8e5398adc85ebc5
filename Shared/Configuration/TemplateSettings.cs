using UonOfferum.Shared.Fields;

namespace UonOfferum.Shared.Configuration;

/// <summary>Settings that are templates for the content that a destination sends.</summary>
public static class TemplateSettings
{
    /// <summary>Null when the key is absent and has no fallback, or when the template cannot be read; the reader then contains the error.</summary>
    /// <param name="reader">The section.</param>
    /// <param name="key">The setting.</param>
    /// <param name="fallback">"" for none.</param>
    /// <param name="names">The names that a template may use.</param>
    public static Template? Template(this SettingsReader reader, string key, string fallback, IReadOnlySet<string> names)
    {
        var text = reader.Text(key, fallback) ?? fallback;
        if (text.Length == 0)
        {
            return null;
        }

        if (Fields.Template.TryParse(text, names, reader.TimeZone, out var template, out var error))
        {
            return template;
        }

        reader.Error(key, error, ProblemCodes.Template);
        return null;
    }

    /// <summary>The defaults, overridden by the section's keys, in order; an empty template removes an entry.</summary>
    public static IReadOnlyList<KeyValuePair<string, Template>> Templates(
        this SettingsReader reader, IReadOnlyList<KeyValuePair<string, string>> defaults, IReadOnlySet<string> names)
    {
        var texts = new List<KeyValuePair<string, string>>(defaults);
        foreach (var (name, text) in defaults)
        {
            reader.Text(name, text);
        }

        foreach (var child in reader.Children())
        {
            texts.RemoveAll(t => t.Key == child.Key);
            texts.Add(new(child.Key, reader.Text(child.Key) ?? ""));
        }

        var templates = new List<KeyValuePair<string, Template>>(texts.Count);
        foreach (var (name, text) in texts.Where(t => t.Value.Length > 0).ToList())
        {
            if (Fields.Template.TryParse(text, names, reader.TimeZone, out var template, out var error))
            {
                templates.Add(new(name, template));
            }
            else
            {
                reader.Error(name, error, ProblemCodes.Template);
            }
        }

        return templates;
    }
}
