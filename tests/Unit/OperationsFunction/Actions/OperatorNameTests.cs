using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Actions;

namespace UonOfferum.Tests.Unit.OperationsFunction.Actions;

public sealed class OperatorNameTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("%20%20", null)]
    [InlineData("Anna", "Anna")]
    [InlineData("%D0%90%D0%BD%D0%BD%D0%B0", "Анна")]
    [InlineData("Anna%0D%0ASet-Cookie", "AnnaSet-Cookie")]
    [InlineData("100%", "100%")]
    public void A_name_is_read_from_its_header(string header, string? name) => Assert.Equal(name, OperatorName.Of(Request(header)));

    [Fact]
    public void A_name_in_the_body_goes_before_the_header() => Assert.Equal("Vera", OperatorName.Of(Request("Anna"), "Vera"));

    [Fact]
    public void A_long_name_is_cut() => Assert.Equal(OperatorName.MaxLength, OperatorName.Of(Request(new string('x', 500)))!.Length);

    private static HttpRequest Request(string header)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[OperatorName.Header] = header;
        return request;
    }
}
