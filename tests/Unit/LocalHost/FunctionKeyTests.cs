using Microsoft.AspNetCore.Http;
using UonOfferum.LocalHost.Http;

namespace UonOfferum.Tests.Unit.LocalHost;

public sealed class FunctionKeyTests
{
    [Theory]
    [InlineData(null, "key", true)]
    [InlineData("key", null, true)]
    [InlineData("key", "wrong", true)]
    [InlineData("wrong", "key", false)]
    [InlineData(null, "KEY", false)]
    [InlineData(null, "key2", false)]
    [InlineData(null, null, false)]
    public void The_header_counts_before_the_query(string? header, string? code, bool opens)
    {
        var request = new DefaultHttpContext().Request;
        if (header is not null)
        {
            request.Headers["x-functions-key"] = header;
        }

        request.QueryString = code is null ? QueryString.Empty : QueryString.Create("code", code);

        Assert.Equal(opens, new FunctionKey("key").Opens(request));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Without_a_setting_a_key_is_made_up_that_nobody_can_guess(string? configured)
    {
        var (one, two) = (new FunctionKey(configured), new FunctionKey(configured));

        Assert.True(one.IsMadeUp);
        Assert.NotEqual(one.Value, two.Value);
        Assert.Equal(40, one.Value.Length);
        Assert.False(one.Opens(new DefaultHttpContext().Request));
    }
}
