using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using UonOfferum.LocalHost.Http;

namespace UonOfferum.Tests.Unit.LocalHost;

public sealed class HostKeysTests
{
    [Theory]
    [InlineData(null, "key", true)]
    [InlineData("key", null, true)]
    [InlineData("key", "wrong", true)]
    [InlineData("wrong", "key", false)]
    [InlineData(null, "KEY", false)]
    [InlineData(null, "key2", false)]
    [InlineData(null, null, false)]
    [InlineData("master", null, true)]
    public void The_header_counts_before_the_query(string? header, string? code, bool opens) =>
        Assert.Equal(opens, Keys("key", "master").OpensFunctions(Request(header, code)));

    [Theory]
    [InlineData("master", true)]
    [InlineData("key", false)]
    [InlineData(null, false)]
    public void Only_the_master_key_opens_the_admin_routes(string? header, bool opens) =>
        Assert.Equal(opens, Keys("key", "master").OpensAdmin(Request(header, code: null)));

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Without_a_setting_a_key_is_made_up_that_nobody_can_guess(string? configured)
    {
        var (one, two) = (Keys(configured, configured), Keys(configured, configured));

        Assert.True(one.Function.IsMadeUp);
        Assert.Equal(4, new[] { one.Function.Value, one.Master.Value, two.Function.Value, two.Master.Value }.Distinct().Count());
        Assert.Equal(40, one.Function.Value.Length);
        Assert.False(one.OpensFunctions(Request(null, null)));
        Assert.False(one.OpensAdmin(Request(null, null)));
    }

    private static HostKeys Keys(string? function, string? master) => new(new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create("LocalHost:FunctionKey", function), KeyValuePair.Create("LocalHost:MasterKey", master)])
        .Build());

    private static HttpRequest Request(string? header, string? code)
    {
        var request = new DefaultHttpContext().Request;
        if (header is not null)
        {
            request.Headers["x-functions-key"] = header;
        }

        request.QueryString = code is null ? QueryString.Empty : QueryString.Create("code", code);
        return request;
    }
}
