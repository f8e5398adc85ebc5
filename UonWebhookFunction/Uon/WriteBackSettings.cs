using System.Globalization;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>The outcomes of a sale that are written to U-ON: the section <c>Uon:WriteBack</c>, a group for each of <see cref="Outcomes"/>.</summary>
/// <param name="ByOutcome">Outcomes without a configuration are omitted.</param>
public sealed record WriteBackSettings(IReadOnlyDictionary<string, OutcomeWriting> ByOutcome)
{
    public static readonly WriteBackSettings Off = new(new Dictionary<string, OutcomeWriting>(StringComparer.Ordinal));

    public bool IsOn => ByOutcome.Count > 0;

    public static WriteBackSettings Read(SettingsReader reader)
    {
        var found = new Dictionary<string, OutcomeWriting>(StringComparer.Ordinal);
        foreach (var outcome in Outcomes.All)
        {
            var section = reader.Section(outcome);
            // Six empty groups would hide the settings that matter.
            if (section.Children().Any() && OutcomeWriting.Read(section) is { IsEmpty: false } writing)
            {
                found[outcome] = writing;
            }
        }

        reader.RefuseUnknownKeys();
        return new WriteBackSettings(found);
    }

    /// <summary>Without the templates.</summary>
    public override string ToString() => nameof(WriteBackSettings);
}

/// <summary>The content that one outcome writes.</summary>
/// <param name="Note">A line added to the record's notes; null: none.</param>
/// <param name="Fields">Custom fields by their number.</param>
/// <param name="Status">Number of a status, as a template; null: the status is not changed.</param>
public sealed record OutcomeWriting(Template? Note, IReadOnlyList<KeyValuePair<long, Template>> Fields, Template? Status)
{
    /// <summary>The names that the templates may use.</summary>
    private static readonly HashSet<string> Names = new(["order_id", "payout", "currency", "reason", "at", "pipeline", "kind", "id"], StringComparer.Ordinal);

    public bool IsEmpty => Note is null && Status is null && Fields.Count == 0;

    public static OutcomeWriting Read(SettingsReader reader)
    {
        var writing = new OutcomeWriting(reader.Template("Note", "", Names), ReadFields(reader.Section("Field")), reader.Template("Status", "", Names));
        reader.RefuseUnknownKeys();
        return writing;
    }

    private static List<KeyValuePair<long, Template>> ReadFields(SettingsReader reader)
    {
        var fields = new List<KeyValuePair<long, Template>>();
        foreach (var child in reader.Children().OrderBy(child => child.Key, StringComparer.Ordinal))
        {
            if (!long.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0)
            {
                reader.Error(child.Key, "is not the number of a custom field. U-ON shows the numbers at GET extended_field/1.");
            }
            else if (reader.Template(child.Key, "", Names) is { } template)
            {
                fields.Add(new(id, template));
            }
        }

        return fields;
    }
}
