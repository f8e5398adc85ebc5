using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>The order's form fields. Their names are settings because public samples of the network disagree about them.</summary>
internal static class OfferumForm
{
    /// <summary>The names of the source document, in its order.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> Defaults =
    [
        new("default_country", "{country}"),
        new("phone", "{phone}"),
        new("name", "{client_name|client_surname|'Клиент'}"),
        new("order_time", "{order_time}"),
    ];

    /// <summary>The defaults under the section's own entries; an empty template drops a field.</summary>
    public static IReadOnlyList<KeyValuePair<string, Template>> Read(SettingsReader reader, IReadOnlySet<string> names)
    {
        var texts = new List<KeyValuePair<string, string>>(Defaults);
        foreach (var (name, text) in Defaults)
        {
            reader.Text(name, text);
        }

        foreach (var child in reader.Children())
        {
            texts.RemoveAll(t => t.Key == child.Key);
            texts.Add(new(child.Key, reader.Text(child.Key) ?? ""));
        }

        var form = new List<KeyValuePair<string, Template>>(texts.Count);
        foreach (var (name, text) in texts)
        {
            if (text.Length == 0)
            {
                continue;
            }

            if (Template.TryParse(text, names, out var template, out var error))
            {
                form.Add(new(name, template!));
            }
            else
            {
                reader.Error(name, error ?? "is no template.");
            }
        }

        return form;
    }
}
