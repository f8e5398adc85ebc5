using System.Text.Json;
using CsCheck;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Tests.Unit.Shared.Fields;

public sealed class FieldPathTests
{
    [Theory]
    [InlineData("""["request"][0]["client_phone"]""", """{"request":[{"client_phone":"+375291234567"}]}""", "+375291234567")]
    [InlineData("""["lead"][1]["id"]""", """{"lead":[{"id":1},{"id":2}]}""", "2")]
    [InlineData(""" [ "request" ] [ 0 ] [ 'id' ] """, """{"request":[{"id":7}]}""", "7")]
    [InlineData("""["request"][0]["a|b]"]""", """{"request":[{"a|b]":"x"}]}""", "x")]
    public void Reads_the_place_that_the_Webjack_notation_names(string path, string reply, string expected) =>
        Assert.Equal(expected, Read(path, reply));

    [Theory]
    [InlineData("""{"request":[{"id":7}]}""")]
    [InlineData("""{"lead":[{"id":7}]}""")]
    [InlineData("""{"result":200,"lead":[{"id":7}],"request":[]}""")]
    [InlineData("""{"request":null,"lead":{"id":7}}""")]
    public void Record_stands_for_whichever_envelope_came(string reply) => Assert.Equal("7", Read("""["record"][0]["id"]""", reply));

    [Theory]
    [InlineData("""["request"][0]["id"]""", """{"request":{"id":7}}""")]
    [InlineData("""["request"]["id"]""", """{"request":[{"id":7},{"id":8}]}""")]
    [InlineData("""["request"][*]["id"]""", """{"request":{"id":7}}""")]
    public void An_object_counts_as_a_list_of_one_and_a_list_as_its_first_item(string path, string reply) =>
        Assert.Equal("7", Read(path, reply));

    [Theory]
    [InlineData("""["request"][0]["missing"]""")]
    [InlineData("""["request"][1]["id"]""")]
    [InlineData("""["lead"][0]["id"]""")]
    [InlineData("""["request"][0]["id"]["deeper"]""")]
    [InlineData("""["request"][0]["nothing"]""")]
    [InlineData("""["request"][0]["empty"]""")]
    [InlineData("""["request"][0]["blank"]""")]
    [InlineData("""["request"][0]["list"]""")]
    [InlineData("""["request"][0]["object"]""")]
    public void Nothing_there_null_blank_or_no_single_value_is_absent(string path) =>
        Assert.Null(Read(path, """{"request":[{"id":7,"nothing":null,"empty":"","blank":" &nbsp; ","list":[1],"object":{"a":1}}]}"""));

    [Theory]
    [InlineData("\"  Анна \"", "Анна")]
    [InlineData("\"Новая &rarr; в работе &amp; ждёт\"", "Новая → в работе & ждёт")]
    [InlineData("12345678901234567890.50", "12345678901234567890.50")]
    [InlineData("true", "1")]
    [InlineData("false", "0")]
    [InlineData("\"a\\u0000\\u0007b\\nc\"", "ab\nc")]
    public void Values_become_trimmed_decoded_text(string json, string expected) =>
        Assert.Equal(expected, Read("""["request"]["x"]""", $$$"""{"request":{"x":{{{json}}}}}"""));

    [Fact]
    public void The_first_alternative_with_a_value_counts()
    {
        const string path = """["record"][0]["client_phone_mobile"]|["record"][0]["client_phone"]""";

        Assert.Equal("2", Read(path, """{"lead":[{"client_phone_mobile":null,"client_phone":"2"}]}"""));
        Assert.Equal("1", Read(path, """{"lead":[{"client_phone_mobile":"1","client_phone":"2"}]}"""));
    }

    [Fact]
    public void A_star_finds_the_first_value_over_the_list()
    {
        const string reply = """{"request":[{"services":[{"country":""},{},{"country":"Турция"},{"country":"Египет"}]}]}""";

        Assert.Equal("Турция", Read("""["request"][0]["services"][*]["country"]""", reply));
    }

    [Theory]
    [InlineData("""["record"][0]["extended_fields"][id=199888]["value"]""")]
    [InlineData("""["record"][0]["extended_fields"]["id"='199888']["value"]""")]
    public void A_condition_finds_the_item_by_its_value(string path)
    {
        Assert.Equal("да", Read(path, """{"lead":[{"extended_fields":[{"id":1,"value":"нет"},{"id":199888,"value":"да"}]}]}"""));
        Assert.Equal("да", Read(path, """{"lead":[{"extended_fields":[{"id":"199888","value":"да"}]}]}"""));
        Assert.Null(Read(path, """{"lead":[{"extended_fields":[{"id":2,"value":"нет"}]}]}"""));
    }

    [Fact]
    public void A_long_value_is_cut_without_leaving_half_a_character()
    {
        var value = Read("""["request"]["x"]""", $$"""{"request":{"x":"{{new string('a', 999)}}😀😀"} }""");

        Assert.Equal(new string('a', 999), value);
    }

    [Theory]
    [InlineData("", "starts with a name")]
    [InlineData("request", "starts with a name")]
    [InlineData("[0]", "starts with a name")]
    [InlineData("""["request"]|""", "starts with a name")]
    [InlineData("""["request""", "closing quote")]
    [InlineData("""["request"][""]""", "empty")]
    [InlineData("""["request"[0]""", "']' is expected")]
    [InlineData("""["request"][x]""", "a name in quotes, a number")]
    [InlineData("""["request"][-1]""", "a name in quotes, a number")]
    [InlineData("""["request"][99999999999]""", "a name in quotes, a number")]
    [InlineData("""["request"][id=]""", "a value is expected")]
    [InlineData("""["request"].id""", "'[' or '|' is expected")]
    public void A_path_that_cannot_be_read_is_explained(string path, string expected)
    {
        Assert.False(FieldPath.TryParse(path, PipelineTimeZone.Fallback, out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_makes_the_parser_throw() =>
        Gen.OneOf("[", "]", "\"", "'", "|", "*", "=", "0", "17", "id", " ", "record", "😀").Array[0, 12].Sample(parts =>
        {
            var text = string.Concat(parts);
            Assert.True(FieldPath.TryParse(text, PipelineTimeZone.Fallback, out var path, out var error) ? path is not null : error is not null);
        });

    private static string? Read(string path, string reply)
    {
        Assert.True(FieldPath.TryParse(path, PipelineTimeZone.Fallback, out var parsed, out var error), error);
        return parsed.Read(JsonDocument.Parse(reply).RootElement);
    }
}
