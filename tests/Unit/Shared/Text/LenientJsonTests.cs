using System.Text;
using UonOfferum.Shared.Text;

namespace UonOfferum.Tests.Unit.Shared.Text;

public sealed class LenientJsonTests
{
    [Theory]
    [InlineData("""{"x":"cut \ud83d"}""", "cut \ufffd")]
    [InlineData("""{"x":"\uDE00 alone"}""", "\ufffd alone")]
    [InlineData("""{"x":"\ud83d\ude00"}""", "😀")]
    [InlineData("""{"x":"a\\ud83d"}""", "a\\ud83d")]
    [InlineData("""{"x":"\\\ud83d"}""", "\\\ufffd")]
    public void Half_a_surrogate_pair_is_replaced(string json, string expected)
    {
        Assert.True(LenientJson.TryParse(Encoding.UTF8.GetBytes(json), out var root));
        Assert.Equal(expected, root.GetProperty("x").GetString());
    }

    [Fact]
    public void Broken_utf_8_is_replaced()
    {
        byte[] json = [.. "{\"x\":\"Анна"u8, 0xD0, .. "\"}"u8];

        Assert.True(LenientJson.TryParse(json, out var root));
        Assert.Equal("Анна\ufffd", root.GetProperty("x").GetString());
    }

    [Fact]
    public void A_byte_order_mark_is_skipped() => Assert.True(LenientJson.TryParse((byte[])[0xEF, 0xBB, 0xBF, .. "{}"u8], out _));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("<html>")]
    [InlineData("""{"x":"cut""")]
    public void What_is_not_json_is_said_to_be_none(string text) => Assert.False(LenientJson.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
