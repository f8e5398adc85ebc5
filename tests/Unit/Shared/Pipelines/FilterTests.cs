using UonOfferum.Shared.Pipelines;

namespace UonOfferum.Tests.Unit.Shared.Pipelines;

public sealed class FilterTests
{
    [Theory]
    [InlineData("1", null)]
    [InlineData("5", null)]
    [InlineData("7", "status_id is not one of 1, 5")]
    [InlineData("", "status_id is not one of 1, 5")]
    public void In_wants_one_of_its_values(string value, string? expected) =>
        Assert.Equal(expected, new FilterRule("status_id", ["1", "5"], null, null).Refusal(Some.Fields(("status_id", value))));

    [Theory]
    [InlineData("Новый", null)]
    [InlineData("", null)]
    [InlineData("Дубль", "status is one of Дубль, Спам")]
    [InlineData("СПАМ", "status is one of Дубль, Спам")]
    public void NotIn_wants_none_of_its_values_whatever_their_case(string value, string? expected) =>
        Assert.Equal(expected, new FilterRule("status", null, ["Дубль", "Спам"], null).Refusal(Some.Fields(("status", value))));

    [Theory]
    [InlineData(true, "x", null)]
    [InlineData(true, "", "source is empty")]
    [InlineData(false, "x", "source has a value")]
    [InlineData(false, "", null)]
    public void Exists_wants_a_value_or_none(bool exists, string value, string? expected) =>
        Assert.Equal(expected, new FilterRule("source", null, null, exists).Refusal(Some.Fields(("source", value))));

    [Fact]
    public void A_rule_may_ask_several_things()
    {
        var rule = new FilterRule("source", ["a", "b"], ["b"], true);

        Assert.Null(rule.Refusal(Some.Fields(("source", "a"))));
        Assert.Equal("source is one of b", rule.Refusal(Some.Fields(("source", "b"))));
        Assert.Equal("source is empty", rule.Refusal(Some.Fields()));
    }

    [Fact]
    public void Rules_are_read_from_the_settings()
    {
        var pipeline = TestPipelines.One(
            ("Filter:0:Field", "status_id"), ("Filter:0:In", "1,5"), ("Filter:1:Field", "status"), ("Filter:1:NotIn", "Дубль"), ("Filter:2:Field", "phone"), ("Filter:2:Exists", "True"));

        Assert.Equal(
            ["status_id in [1,5] not in [] exists ", "status in [] not in [Дубль] exists ", "phone in [] not in [] exists True"],
            pipeline.Filter.Select(r => $"{r.Field} in [{Words(r.In)}] not in [{Words(r.NotIn)}] exists {r.Exists}"));
    }

    [Theory]
    [InlineData("Filter:0:Field", "", "Pipelines:main:Filter:0:Field: is missing. Name one of the fields: id, dat_lead")]
    [InlineData("Filter:0:Field", "stauts", "Pipelines:main:Filter:0:Field: 'stauts' is not a field. Did you mean 'status'?")]
    [InlineData("Filter:0:Exists", "maybe", "Pipelines:main:Filter:0:Exists: 'maybe' is not one of true, false.")]
    [InlineData("Filter:0:In:0", "1", "Pipelines:main:Filter:0:In: is a list or a group")]
    [InlineData("Filter:0:Is", "1", "Pipelines:main:Filter:0:Is: is not a setting. Did you mean 'In'? Known here: Exists, Field, In, NotIn.")]
    public void A_rule_that_cannot_be_read_is_named_with_the_remedy(string key, string value, string expected) =>
        Assert.StartsWith(
            expected, Assert.Single(TestPipelines.Errors(("Filter:0:Field", "status"), ("Filter:0:NotIn", "x"), (key, value))), StringComparison.Ordinal);

    [Fact]
    public void A_rule_that_asks_nothing_is_refused() =>
        Assert.Equal(
            "Pipelines:main:Filter:0:In: the rule asks nothing. Give it In, NotIn or Exists.", Assert.Single(TestPipelines.Errors(("Filter:0:Field", "status"))));

    private static string Words(IEnumerable<string>? values) => string.Join(',', values ?? []);
}
