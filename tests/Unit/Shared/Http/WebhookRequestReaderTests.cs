using System.Text;
using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Http;

namespace UonOfferum.Tests.Unit.Shared.Http;

public sealed class WebhookRequestReaderTests
{
    [Theory]
    [InlineData("GET", "?r_id=1", "r_id=2", "1")]
    [InlineData("DELETE", "?r_id=1", "r_id=2", "1")]
    [InlineData("DELETE", "", "r_id=2", "2")]
    [InlineData("POST", "?r_id=1", "r_id=2", "2")]
    [InlineData("PUT", "?r_id=1", "", "1")]
    public async Task The_method_decides_where_the_fields_are(string method, string query, string body, string expected)
    {
        var request = Request(method, query, body, "application/x-www-form-urlencoded");

        Assert.Equal(expected, (await WebhookRequestReader.ReadAsync(request, TestContext.Current.CancellationToken)).Fields?["r_id"]);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task A_body_beside_the_query_is_not_even_looked_at(string method)
    {
        var request = Request(method, "?r_id=1", "{broken", "application/json");

        Assert.Equal("1", (await WebhookRequestReader.ReadAsync(request, TestContext.Current.CancellationToken)).Fields?["r_id"]);
    }

    private static HttpRequest Request(string method, string query, string body, string contentType)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.QueryString, request.ContentType, request.Body) = (method, new QueryString(query), contentType, new MemoryStream(Encoding.UTF8.GetBytes(body)));
        return request;
    }
}
