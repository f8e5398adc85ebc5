using CsCheck;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Tests.Unit.Shared.Fields;

public sealed class TemplateTests
{
    private static readonly HashSet<string> Known = ["kind", "id", "client_name", "client_surname", "phone"];

    [Theory]
    [InlineData("{kind}-{id}", "lead-48213")]
    [InlineData("{phone}", "")]
    [InlineData("{client_name|client_surname|'Клиент'}", "Тестова")]
    [InlineData("{client_name|'Клиент'}", "Клиент")]
    [InlineData("{ client_name | \"O'Neil\" }", "O'Neil")]
    [InlineData("{client_name|'it''s {me}|you'}!", "it's {me}|you!")]
    [InlineData("u-on", "u-on")]
    [InlineData("", "")]
    [InlineData("{{{id}}}", "{48213}")]
    public void Renders_fields_alternatives_and_the_text_around_them(string text, string expected)
    {
        Assert.True(Template.TryParse(text, Known, out var template, out var error), error);

        Assert.Equal(expected, template.Render(Value));
    }

    [Theory]
    [InlineData("{client_surname}", "<Тестова>")]
    [InlineData("{client_name|'Клиент'}", "Клиент")]
    public void Only_a_value_that_is_there_is_encoded(string text, string expected)
    {
        Assert.True(Template.TryParse(text, Known, out var template, out _));

        Assert.Equal(expected, template.Render(Value, value => $"<{value}>"));
    }

    [Fact]
    public void Literal_text_is_not_parsed() => Assert.Equal("{id", Template.Literal("{id").Render(Value));

    [Fact]
    public void Tells_the_names_it_asks_for()
    {
        Assert.True(Template.TryParse("{kind}-{id} {client_name|id|'x'}", knownNames: null, out var template, out _));

        Assert.Equal(["kind", "id", "client_name"], template.Names);
    }

    [Fact]
    public void A_misspelt_name_is_answered_with_the_nearest_known_one()
    {
        Assert.False(Template.TryParse("{client_nmae|'Клиент'}", Known, out _, out var error));

        Assert.Contains("no field 'client_nmae'. Did you mean 'client_name'?", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "a field's name is expected")]
    [InlineData("{}", "a field's name is expected")]
    [InlineData("{id|}", "a field's name is expected")]
    [InlineData("{id", "'}' is missing")]
    [InlineData("{id id}", "'}' is missing")]
    [InlineData("id}", "'}' without '{'")]
    [InlineData("{id|'x}", "closing quote")]
    public void A_template_that_cannot_be_read_is_explained(string text, string expected)
    {
        Assert.False(Template.TryParse(text, Known, out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_makes_the_parser_throw() =>
        Gen.OneOf("{", "}", "'", "\"", "|", " ", "id", "nope", "я").Array[0, 12].Sample(parts =>
        {
            var parsed = Template.TryParse(string.Concat(parts), Known, out var template, out var error);
            Assert.True(parsed ? template!.Render(Value) is not null : error is not null);
        });

    [Fact]
    public void Text_with_doubled_braces_comes_out_as_it_was() =>
        Gen.String.Sample(text =>
        {
            var escaped = text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
            Assert.True(Template.TryParse(escaped, Known, out var template, out var error), error);
            Assert.Equal(text, template.Render(Value));
        });

    private static string? Value(string name) => name switch
    {
        "kind" => "lead",
        "id" => "48213",
        "client_name" => "",
        "client_surname" => "Тестова",
        _ => null,
    };
}
