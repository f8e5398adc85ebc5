using System.Text.RegularExpressions;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Configuration;

/// <summary>
/// Reads <c>Filter</c>: rules such as <c>{ "Field": "status_id", "In": "1,5" }</c>, in a list or as named entries, and groups
/// of them, <c>{ "Any": [ … ] }</c> and <c>{ "All": [ … ] }</c>.
/// </summary>
internal static class FilterReader
{
    private const int MaxDepth = 5;

    private static readonly string[] Groups = ["Any", "All"];

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public static IReadOnlyList<FilterRule> Read(SettingsReader filter, IReadOnlyCollection<string> fields) => Rules(filter, fields, 1);

    private static IReadOnlyList<FilterRule> Rules(SettingsReader rules, IReadOnlyCollection<string> fields, int depth) =>
        [.. rules.Children().Select(child => Rule(rules.Section(child.Key), child.Key, fields, depth)).OfType<FilterRule>()];

    private static FilterRule? Rule(SettingsReader rule, string key, IReadOnlyCollection<string> fields, int depth)
    {
        var name = rule.Text("Name") ?? (key.All(char.IsAsciiDigit) ? null : key);
        var group = Array.Find(Groups, group => rule.Children().Any(child => child.Key.Equals(group, StringComparison.OrdinalIgnoreCase)));
        return group is null ? Question(rule, name, fields) : Group(rule, group, name ?? group, fields, depth);
    }

    private static FilterRule? Group(SettingsReader rule, string group, string name, IReadOnlyCollection<string> fields, int depth)
    {
        var section = rule.Section(group);
        if (depth > MaxDepth)
        {
            rule.Error(group, $"groups may be nested at most {MaxDepth} deep. Move the inner rules up.", ProblemCodes.Filter);
            return null;
        }

        var rules = Rules(section, fields, depth + 1);
        if (!section.Children().Any())
        {
            rule.Error(group, "the group is empty. Put rules into it.", ProblemCodes.Filter);
        }

        rule.RefuseUnknownKeys();
        return group == "Any" ? new FilterRule.Any(name, rules) : new FilterRule.All(name, rules);
    }

    private static FilterRule.Question Question(SettingsReader rule, string? name, IReadOnlyCollection<string> fields)
    {
        var field = rule.Required("Field", $"Name one of the fields: {string.Join(", ", fields)}.");
        if (field.Length > 0 && !fields.Contains(field, StringComparer.Ordinal))
        {
            rule.Error("Field", $"'{field}' is not a field. Did you mean '{ClosestMatch.To(field, fields)}'?", ProblemCodes.Filter);
        }

        var before = rule.Errors.Count;
        var tests = Tests(rule);
        if (tests.Count == 0 && rule.Errors.Count == before)
        {
            rule.Error("In", "the rule has no condition. Add In, NotIn, Exists, Matches, Less, Greater or Within.", ProblemCodes.Filter);
        }

        rule.RefuseUnknownKeys();
        return new FilterRule.Question(name ?? field, field, tests);
    }

    private static List<IFilterCondition> Tests(SettingsReader rule)
    {
        var tests = new List<IFilterCondition>();
        if (rule.Text("Exists") is not null)
        {
            tests.Add(new Exists(rule.Choice("Exists", false, ("true", true), ("false", false))));
        }

        if (rule.List("In") is { Count: > 0 } allowed)
        {
            tests.Add(new IsIn(allowed));
        }

        if (rule.List("NotIn") is { Count: > 0 } refused)
        {
            tests.Add(new IsNotIn(refused));
        }

        if (rule.Text("Matches") is { } pattern && Pattern(rule, pattern) is { } regex)
        {
            tests.Add(new IsMatch(regex));
        }

        foreach (var (key, above) in new[] { ("Less", false), ("Greater", true) })
        {
            if (rule.Text(key) is not { } bound)
            {
                continue;
            }

            if (!Compare.IsBound(bound, rule.TimeZone))
            {
                rule.Error(key, $"'{bound}' is neither a number nor a date. Write 100, 99.50 or 2026-12-31.", ProblemCodes.Filter);
            }

            tests.Add(new Compare(bound, above, rule.TimeZone));
        }

        if (rule.Text("Within") is not null)
        {
            tests.Add(new IsWithin(rule.Duration("Within", TimeSpan.FromDays(30), TimeSpan.FromMinutes(1), Longest), rule.TimeZone));
        }

        return tests;
    }

    private static Regex? Pattern(SettingsReader rule, string pattern)
    {
        try
        {
            return new Regex(pattern, IsMatch.Options, TimeSpan.FromSeconds(1));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            rule.Error("Matches", $"'{pattern}' is not a supported regular expression: look-around and back references are not allowed. {e.Message}", ProblemCodes.Filter);
            return null;
        }
    }
}
