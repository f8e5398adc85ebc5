using CsCheck;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Tests.Unit.Shared.Configuration;

public sealed class FilterTests
{
    [Theory]
    [InlineData("In", "1,5", "1", null)]
    [InlineData("In", "1,5", "5", null)]
    [InlineData("In", "1,5", "7", "status is not one of 1, 5")]
    [InlineData("In", "1,5", "", "status is not one of 1, 5")]
    [InlineData("NotIn", "Дубль,Спам", "Новый", null)]
    [InlineData("NotIn", "Дубль,Спам", "", null)]
    [InlineData("NotIn", "Дубль,Спам", "Дубль", "status is one of Дубль, Спам")]
    [InlineData("NotIn", "Дубль,Спам", "СПАМ", "status is one of Дубль, Спам")]
    [InlineData("Exists", "true", "x", null)]
    [InlineData("Exists", "True", "", "status is empty")]
    [InlineData("Exists", "false", "x", "status has a value")]
    [InlineData("Exists", "false", "", null)]
    [InlineData("Matches", "^тур", "Тур в Египет", null)]
    [InlineData("Matches", "^тур", "Египет", "status does not match ^тур")]
    [InlineData("Matches", ".", "", "status does not match .")]
    [InlineData("Less", "100", "99,5", null)]
    [InlineData("Less", "100", "100", "status is not less than 100")]
    [InlineData("Less", "100", "", "status is empty")]
    [InlineData("Less", "100", "many", "status cannot be compared with 100")]
    [InlineData("Greater", "1000", "1 000.01", null)]
    [InlineData("Greater", "1000", "1000", "status is not greater than 1000")]
    [InlineData("Greater", "2026-01-01", "2026-01-01 00:01", null)]
    [InlineData("Greater", "2026-01-01", "2025-12-31 23:59", "status is not greater than 2026-01-01")]
    [InlineData("Within", "2.00:00:00", "2026-03-01 12:00", null)]
    [InlineData("Within", "2.00:00:00", "2026-03-04 12:00", null)]
    [InlineData("Within", "2.00:00:00", "2026-03-04 13:00", null)]
    [InlineData("Within", "2.00:00:00", "2026-03-04 13:01", "status is more than 2.00:00:00 from now")]
    [InlineData("Within", "2.00:00:00", "2026-02-20", "status is more than 2.00:00:00 from now")]
    [InlineData("Within", "2.00:00:00", "2026-03-20", "status is more than 2.00:00:00 from now")]
    [InlineData("Within", "2.00:00:00", "soon", "status is not a date")]
    [InlineData("Within", "2.00:00:00", "", "status is empty")]
    public void A_question_is_met_or_says_what_is_missing(string test, string setting, string value, string? expected) =>
        Assert.Equal(expected, Refusal([("status", value)], ("Filter:0:Field", "status"), ($"Filter:0:{test}", setting)));

    [Fact]
    public void A_rule_may_ask_several_things()
    {
        (string, string)[] rule = [("Filter:0:Field", "source"), ("Filter:0:In", "a,b"), ("Filter:0:NotIn", "b"), ("Filter:0:Exists", "true")];

        Assert.Null(Refusal([("source", "a")], rule));
        Assert.Equal("source is one of b", Refusal([("source", "b")], rule));
        Assert.Equal("source is empty", Refusal([], rule));
    }

    [Fact]
    public void One_rule_of_an_Any_is_enough_and_each_of_an_All_counts()
    {
        (string, string)[] rules =
        [
            ("Filter:0:Any:0:Field", "source"), ("Filter:0:Any:0:In", "site"),
            ("Filter:0:Any:1:All:0:Field", "status_id"), ("Filter:0:Any:1:All:0:In", "1"),
            ("Filter:0:Any:1:All:1:Field", "office_id"), ("Filter:0:Any:1:All:1:In", "7"),
        ];

        Assert.Null(Refusal([("source", "site")], rules));
        Assert.Null(Refusal([("status_id", "1"), ("office_id", "7")], rules));
        Assert.Equal("source is not one of site and office_id is not one of 7", Refusal([("status_id", "1"), ("office_id", "8")], rules));
    }

    [Fact]
    public void A_rule_is_called_by_its_name_its_key_or_its_field() =>
        Assert.Equal(
            ["status", "no spam", "fresh", "Any"],
            TestPipelines.One(
                ("Filter:0:Field", "status"), ("Filter:0:Exists", "true"), ("Filter:1:Field", "status"), ("Filter:1:NotIn", "Спам"), ("Filter:1:Name", "no spam"),
                ("Filter:fresh:Field", "dat"), ("Filter:fresh:Within", "1.00:00:00"), ("Filter:3:Any:0:Field", "id"), ("Filter:3:Any:0:Exists", "true"))
                .Filter.OrderBy(r => r.Name == "fresh" ? 2 : r.Name == "status" ? 0 : r.Name == "no spam" ? 1 : 3).Select(r => r.Name));

    [Theory]
    [InlineData("Filter:rule2", null, "rule2")]
    [InlineData("Filter:rule2", "named", "named")]
    [InlineData("Filter:2", "named", "named")]
    public void A_rules_name_counts_before_its_key(string key, string? name, string expected)
    {
        (string, string)[] named = name is null ? [] : [($"{key}:Name", name)];

        Assert.Equal(expected, Assert.Single(TestPipelines.One([($"{key}:Field", "status"), ($"{key}:Exists", "true"), .. named]).Filter).Name);
        Assert.Equal(expected, Assert.Single(TestPipelines.One([($"{key}:Any:0:Field", "status"), ($"{key}:Any:0:Exists", "true"), .. named]).Filter).Name);
    }

    [Fact]
    public void A_group_asks_nothing_itself() =>
        Assert.StartsWith(
            "Pipelines:main:Filter:0:Field: is not a setting.",
            Assert.Single(TestPipelines.Errors(("Filter:0:Field", "status"), ("Filter:0:Any:0:Field", "status"), ("Filter:0:Any:0:Exists", "true"))),
            StringComparison.Ordinal);

    [Fact]
    public void A_missing_field_is_one_error() => Assert.Single(TestPipelines.Errors(("Filter:0:Exists", "true")));

    [Theory]
    [InlineData("Filter:0:Field", "", "Pipelines:main:Filter:0:Field: is missing. Name one of the fields: id, dat_lead")]
    [InlineData("Filter:0:Field", "stauts", "Pipelines:main:Filter:0:Field: 'stauts' is not a field. Did you mean 'status'?")]
    [InlineData("Filter:0:Exists", "maybe", "Pipelines:main:Filter:0:Exists: 'maybe' is not one of true, false.")]
    [InlineData("Filter:0:Matches", "(?=x)", "Pipelines:main:Filter:0:Matches: '(?=x)' is not a supported regular expression")]
    [InlineData("Filter:0:Matches", "(", "Pipelines:main:Filter:0:Matches: '(' is not a supported regular expression")]
    [InlineData("Filter:0:Less", "cheap", "Pipelines:main:Filter:0:Less: 'cheap' is neither a number nor a date.")]
    [InlineData("Filter:0:Within", "30", "Pipelines:main:Filter:0:Within: '30' is not a duration")]
    [InlineData("Filter:0:In:0", "1", "Pipelines:main:Filter:0:In: is a list or a group")]
    [InlineData("Filter:1:Any", "x", "Pipelines:main:Filter:1:Any: is a group of settings")]
    [InlineData("Filter:1:All:0:Field", "stauts", "Pipelines:main:Filter:1:All:0:Field: 'stauts' is not a field.")]
    [InlineData("Filter:0:Is", "1", "Pipelines:main:Filter:0:Is: is not a setting. Did you mean 'In'? Known here: Exists, Field, Greater, In, Less, Matches, Name, NotIn, Within.")]
    public void A_rule_that_cannot_be_read_is_named_with_the_remedy(string key, string value, string expected) =>
        Assert.StartsWith(
            expected, TestPipelines.Errors(("Filter:0:Field", "status"), ("Filter:0:NotIn", "x"), (key, value))[0], StringComparison.Ordinal);

    [Fact]
    public void A_rule_that_asks_nothing_is_refused() =>
        Assert.Equal(
            "Pipelines:main:Filter:0:In: the rule has no condition. Add In, NotIn, Exists, Matches, Less, Greater or Within.",
            Assert.Single(TestPipelines.Errors(("Filter:0:Field", "status"))));

    [Theory]
    [InlineData("Filter:0:Any:0:Any:0:Any:0:Any:0:Any:0", "")]
    [InlineData("Filter:0:Any:0:Any:0:Any:0:Any:0:Any:0:Any:0", "Pipelines:main:Filter:0:Any:0:Any:0:Any:0:Any:0:Any:0:Any: groups may be nested at most 5 deep. Move the inner rules up.")]
    public void Groups_are_nested_at_most_five_deep(string key, string expected)
    {
        (string, string)[] rule = [($"{key}:Field", "status"), ($"{key}:Exists", "true")];

        if (expected.Length == 0)
        {
            Assert.Single(TestPipelines.One(rule).Filter);
        }
        else
        {
            Assert.Equal(expected, Assert.Single(TestPipelines.Errors(rule)));
        }
    }

    [Fact]
    public void A_group_without_rules_is_refused() =>
        Assert.Contains("Pipelines:main:Filter:0:Any: the group is empty. Put rules into it.", TestPipelines.Errors(("Filter:0:Any", "x")));

    [Fact]
    public void No_value_makes_a_rule_throw_and_In_and_NotIn_never_agree() =>
        Gen.Select(Gen.String, Gen.OneOf("Less", "Greater", "Matches", "Within")).Sample((value, test) =>
        {
            var bound = test switch { "Within" => "1.00:00:00", "Matches" => "a.*b", _ => "10" };
            _ = Refusal([("status", value)], ("Filter:0:Field", "status"), ($"Filter:0:{test}", bound));
            if (value.Length > 0)
            {
                Assert.NotEqual(new IsIn([value]).Refusal(value, Some.Now) is null, new IsNotIn([value]).Refusal(value, Some.Now) is null);
            }
        },
        iter: 300);

    private static string? Refusal(IEnumerable<(string, string)> fields, params (string, string)[] settings)
    {
        var pipeline = TestPipelines.One(settings);
        var values = RecordFields.Empty.With(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return Assert.Single(pipeline.Filter).Refusal(values, Some.Now);
    }
}
