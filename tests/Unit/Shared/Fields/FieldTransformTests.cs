using System.Text.Json;
using CsCheck;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Tests.Unit.Shared.Fields;

public sealed class FieldTransformTests
{
    [Theory]
    [InlineData("trim", "  Анна ", "Анна")]
    [InlineData("one-line", "Тур\r\n на  двоих\t", "Тур на двоих")]
    [InlineData("html-decode", "A &rarr; B", "A → B")]
    [InlineData("upper", "анна", "АННА")]
    [InlineData("lower", "АННА", "анна")]
    [InlineData("capitalize", "аННа МАРИЯ", "Анна Мария")]
    [InlineData("first-word", " Анна Мария", "Анна")]
    [InlineData("last-word", "Анна Мария ", "Мария")]
    [InlineData("digits", "8 (900) 000-00-01", "89000000001")]
    [InlineData("number", "1 250,50", "1250.50")]
    [InlineData("number", "about ten", null)]
    [InlineData("date:unix", "2026-03-01 12:00", "1772355600")]
    [InlineData("date:iso", "2026-03-01 12:00", "2026-03-01T12:00:00+03:00")]
    [InlineData("date:day", "2026-03-01 12:00:05", "2026-03-01")]
    [InlineData("date:unix", "0001-01-01 00:00", null)]
    [InlineData("date:unix", "soon", null)]
    [InlineData("first-word, upper", "Анна Мария", "АННА")]
    [InlineData("html-decode, first-word", "&nbsp;", null)]
    public void Each_transform_does_what_it_is_called(string names, string value, string? expected) =>
        Assert.Equal(expected ?? "", Render($"{{name => {names}}}", value));

    [Fact]
    public void Every_transform_that_is_named_exists() =>
        Assert.All(FieldTransforms.Names, name => Assert.NotNull(FieldTransforms.Read(name, PipelineTimeZone.Fallback, out _)));

    [Fact]
    public void What_a_transform_leaves_empty_gives_way_to_the_next_alternative()
    {
        Assert.Equal("Клиент", Render("{name|'Клиент' => digits}", "Анна"));
        Assert.Equal("7", Read("""["lead"][0]["a"] | ["lead"][0]["b"] => digits""", """{"lead":[{"a":"нет","b":"№ 7"}]}"""));
    }

    [Fact]
    public void A_default_stands_as_it_is_written()
    {
        Assert.Equal("it's", Read("""["lead"][0]["a"] | 'it''s' => upper""", """{"lead":[{"b":1}]}"""));
        Assert.Equal("сайт", Read("'сайт'", """{"lead":[{"b":1}]}"""));
    }

    [Fact]
    public void A_default_is_no_candidate_for_a_phone()
    {
        Assert.True(FieldPath.TryParse("""["lead"][0]["a"] | 'нет'""", PipelineTimeZone.Fallback, out var path, out _));

        Assert.Empty(path.ReadAll(JsonDocument.Parse("{}").RootElement));
        Assert.Equal("нет", path.Read(JsonDocument.Parse("{}").RootElement));
    }

    [Theory]
    [InlineData("""["lead"] => frist-word""", "no transform 'frist-word'. Did you mean 'first-word'?")]
    [InlineData("""["lead"] =>""", "a transform's name is expected")]
    [InlineData("""["lead"] => trim,""", "a transform's name is expected")]
    [InlineData("""["lead"] | 'x""", "closing quote")]
    [InlineData("""["lead"] | 'x' | ["b"]""", "only transforms")]
    public void A_mistake_in_a_field_is_told_with_the_place_and_the_nearest_name(string path, string expected)
    {
        Assert.False(FieldPath.TryParse(path, PipelineTimeZone.Fallback, out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{name => uper}", "no transform 'uper'. Did you mean 'upper'?")]
    [InlineData("{name => }", "a transform's name is expected")]
    [InlineData("{name = upper}", "'}' is missing")]
    [InlineData("{name => upper", "'}' is missing")]
    public void A_mistake_in_a_template_is_told_likewise(string template, string expected)
    {
        Assert.False(Template.TryParse(template, null, out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_value_makes_a_transform_throw() =>
        Gen.Select(Gen.OneOf([.. FieldTransforms.Names]), Gen.String).Sample((name, value) =>
        {
            _ = Render($"{{name => {name}}}", value);
        });

    [Fact]
    public void Transforms_that_tidy_change_nothing_the_second_time() =>
        Gen.Select(Gen.OneOf("trim", "one-line", "first-word", "last-word", "digits", "number", "date:day", "date:iso", "date:unix"), Gen.String)
            .Sample((name, value) =>
            {
                var once = Render($"{{name => {name}}}", value);
                Assert.Equal(once, Render($"{{name => {name}}}", once));
            });

    [Fact]
    public void A_pipelines_dates_are_read_in_its_own_zone()
    {
        var pipeline = TestPipelinesZone("Asia/Almaty");

        Assert.Equal("2026-03-01T12:00:00+05:00", pipeline.Fields.Read(JsonDocument.Parse("""{"lead":[{"dat":"2026-03-01 12:00"}]}""").RootElement)["begin"]);
    }

    private static Pipeline TestPipelinesZone(string zone) =>
        Configuration.TestPipelines.One(("Uon:TimeZone", zone), ("Fields:begin", """["record"][0]["dat"] => date:iso"""));

    private static string Render(string template, string value)
    {
        Assert.True(Template.TryParse(template, null, out var parsed, out var error), error);
        return parsed.Render(_ => value);
    }

    private static string? Read(string path, string reply)
    {
        Assert.True(FieldPath.TryParse(path, PipelineTimeZone.Fallback, out var parsed, out var error), error);
        return parsed.Read(JsonDocument.Parse(reply).RootElement);
    }
}
