using UonOfferum.Shared.Fields;

namespace UonOfferum.Shared.Configuration;

/// <summary>What a record must meet to be sold: one question about a field, or a group of rules.</summary>
/// <param name="Name">For the story of what was skipped.</param>
public abstract record FilterRule(string Name)
{
    /// <summary>Why the record does not pass, in words for the story and without the record's values; null when it passes.</summary>
    public abstract string? Refusal(RecordFields fields, DateTimeOffset now);

    /// <summary>A field, and everything that must hold of it.</summary>
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
