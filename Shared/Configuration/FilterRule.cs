using UonOfferum.Shared.Fields;

namespace UonOfferum.Shared.Configuration;

/// <summary>A condition for selling a record: a test of one field, or a group of rules.</summary>
/// <param name="Name">Named in the story of a skipped record.</param>
public abstract record FilterRule(string Name)
{
    /// <summary>Why the record does not pass, as text for the story without the record's values; null when it passes.</summary>
    public abstract string? Refusal(RecordFields fields, DateTimeOffset now);

    /// <summary>A field, and all tests that its value must pass.</summary>
    public sealed record Question(string Name, string Field, IReadOnlyList<IFilterCondition> Tests) : FilterRule(Name)
    {
        public override string? Refusal(RecordFields fields, DateTimeOffset now)
        {
            var value = fields[Field];
            return Tests.Select(test => test.Refusal(value, now)).FirstOrDefault(words => words is not null) is { } words ? $"{Field} {words}" : null;
        }
    }

    /// <summary>Every one of these must hold.</summary>
    public sealed record All(string Name, IReadOnlyList<FilterRule> Rules) : FilterRule(Name)
    {
        public override string? Refusal(RecordFields fields, DateTimeOffset now) =>
            Rules.Select(rule => rule.Refusal(fields, now)).FirstOrDefault(words => words is not null);
    }

    /// <summary>One of these must hold.</summary>
    public sealed record Any(string Name, IReadOnlyList<FilterRule> Rules) : FilterRule(Name)
    {
        public override string? Refusal(RecordFields fields, DateTimeOffset now)
        {
            var words = Rules.Select(rule => rule.Refusal(fields, now)).ToList();
            return words.Contains(null) ? null : string.Join(" and ", words);
        }
    }
}
