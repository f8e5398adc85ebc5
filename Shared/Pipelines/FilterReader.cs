namespace UonOfferum.Shared.Pipelines;

/// <summary>Reads <c>Filter</c>: a list of rules such as <c>{ "Field": "status_id", "In": "1,5" }</c>.</summary>
internal static class FilterReader
{
    public static IReadOnlyList<FilterRule> Read(SettingsReader filter, IReadOnlyCollection<string> fields) =>
        [.. filter.Children().Select(child => Rule(filter.Section(child.Key), fields))];

    private static FilterRule Rule(SettingsReader rule, IReadOnlyCollection<string> fields)
    {
        var field = rule.Required("Field", $"Name one of the fields: {string.Join(", ", fields)}.");
        if (field.Length > 0 && !fields.Contains(field, StringComparer.Ordinal))
        {
            rule.Error("Field", $"'{field}' is not a field. Did you mean '{Nearest.To(field, fields)}'?");
        }

        var allowed = rule.List("In");
        var refused = rule.List("NotIn");
        bool? exists = rule.Text("Exists") is null ? null : rule.Choice("Exists", false, ("true", true), ("false", false));
        if (allowed.Count == 0 && refused.Count == 0 && exists is null)
        {
            rule.Error("In", "the rule asks nothing. Give it In, NotIn or Exists.");
        }

        rule.RefuseUnknownKeys();
        return new FilterRule(field, allowed.Count > 0 ? allowed : null, refused.Count > 0 ? refused : null, exists);
    }
}
