using CsCheck;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Tests.Unit.Shared.Configuration;

/// <summary>What holds of every filter, whatever its rules and the record.</summary>
public sealed class FilterPropertyTests
{
    private static readonly Gen<string> Value = Gen.OneOf("1", "5", "Дубль", "дубль", "СПАМ", "новая", "2026-11-20", "99,50");

    private static readonly Gen<IFilterCondition> Test = Gen.OneOf(
        Value.Array[1, 3].Select(values => (IFilterCondition)new IsIn(values)),
        Value.Array[1, 3].Select(values => (IFilterCondition)new IsNotIn(values)),
        Gen.Bool.Select(wanted => (IFilterCondition)new Exists(wanted)),
        Gen.Select(Gen.OneOf("5", "100", "2026-11-21"), Gen.Bool).Select((bound, above) => (IFilterCondition)new Compare(bound, above, PipelineTimeZone.Fallback)));

    private static readonly Gen<FilterRule> Rule =
        Test.Array[1, 2].Select(tests => (FilterRule)new FilterRule.Question("a question", "status", tests));

    private static readonly Gen<string?> Given = Gen.OneOf(Value.Select(v => (string?)v), Gen.Const((string?)null));

    [Fact]
    public void A_value_is_in_a_list_or_not_in_it() => Gen.Select(Value, Value.Array[1, 4]).Sample(
        (value, list) => Assert.NotEqual(new IsIn(list).Refusal(value, Some.Now) is null, new IsNotIn(list).Refusal(value, Some.Now) is null));

    [Fact]
    public void All_holds_where_every_rule_holds() => Gen.Select(Rule.Array[1, 4], Given).Sample(
        (rules, value) => Assert.Equal(rules.All(rule => Passes(rule, value)), Passes(new FilterRule.All("all", rules), value)));

    [Fact]
    public void Any_holds_where_one_rule_holds() => Gen.Select(Rule.Array[1, 4], Given).Sample(
        (rules, value) => Assert.Equal(rules.Any(rule => Passes(rule, value)), Passes(new FilterRule.Any("any", rules), value)));

    [Fact]
    public void The_order_of_the_rules_does_not_matter() => Gen.Select(Rule.Array[1, 4], Given).Sample((rules, value) =>
    {
        FilterRule[] backwards = [.. rules.Reverse()];
        Assert.Equal(Passes(new FilterRule.All("all", rules), value), Passes(new FilterRule.All("all", backwards), value));
        Assert.Equal(Passes(new FilterRule.Any("any", rules), value), Passes(new FilterRule.Any("any", backwards), value));
    });

    [Fact]
    public void A_refusal_never_quotes_the_record() => Rule.Array[1, 4].Sample(rules =>
        Assert.DoesNotContain("secret-of-a-client", new FilterRule.All("all", rules).Refusal(Some.Fields(("status", "secret-of-a-client")), Some.Now) ?? "", StringComparison.Ordinal));

    private static bool Passes(FilterRule rule, string? value) =>
        rule.Refusal(value is null ? Some.Fields() : Some.Fields(("status", value)), Some.Now) is null;
}
