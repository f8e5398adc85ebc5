using System.Net;
using System.Net.Http.Headers;
using System.Text;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Webhook;

/// <summary>Every form in which U-ON, or something between it and us, sends a webhook.</summary>
public sealed class WebhookFormTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Route = $"uon/main/{PipelineApp.Secret}";
    private readonly PipelineApp _app = shared.App;

    [Theory]
    [InlineData(1001, "GET", "uon_id=67054&uon_subdomain=id67054&datetime=2026-11-23%2010:00:00&type_id=1&request_id=1001", null, null)]
    [InlineData(1002, "DELETE", "uon_id=67054&type_id=1&request_id=1002", null, null)]
    [InlineData(1003, "POST", "", "application/x-www-form-urlencoded", "uon_id=67054&type_id=1&request_id=1003")]
    [InlineData(1004, "PUT", "", "application/x-www-form-urlencoded; charset=UTF-8", "type_id=1&request_id=1004")]
    [InlineData(1005, "DELETE", "", "application/x-www-form-urlencoded", "type_id=1&request_id=1005")]
    [InlineData(1006, "POST", "type_id=1&request_id=1006", null, "")]
    [InlineData(1007, "POST", "type_id=1", "application/x-www-form-urlencoded", "request_id=1007")]
    [InlineData(1008, "POST", "type_id=1&request_id=999999", "application/x-www-form-urlencoded", "request_id=1008")]
    [InlineData(1009, "POST", "", "application/json", """{"type_id":"1","request_id":"1009"}""")]
    [InlineData(1010, "PUT", "", "application/json; charset=utf-8", """{"type_id":1,"request_id":1010,"uon_id":67054}""")]
    [InlineData(1011, "POST", "", "application/json", """{"type_id":1,"request":{"r_id":1011}}""")]
    [InlineData(1012, "POST", "", "application/x-www-form-urlencoded", """{"type_id":1,"request_id":1012}""")]
    [InlineData(1013, "POST", "", "text/plain", "type_id=1&request_id=1013")]
    [InlineData(1014, "POST", "", "application/x-www-form-urlencoded", "type_id=1&request%5Br_id%5D=1014&request%5Bsource_id%5D=4")]
    [InlineData(1015, "GET", "type_id=1&request[r_id]=1015", null, null)]
    [InlineData(1016, "POST", "", "application/x-www-form-urlencoded", "TYPE_ID=1&Request_ID=1016")]
    public async Task A_webhook_is_understood_in_every_form(long id, string method, string query, string? contentType, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), query.Length > 0 ? $"{Route}?{query}" : Route);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        }

        await SellsAsync(id, request);
    }

    [Fact]
    public async Task A_multipart_form_is_understood()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("1"), "type_id" },
            { new StringContent("1021"), "request_id" },
            { new ByteArrayContent([1, 2, 3]), "file", "photo.jpg" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, Route) { Content = form };

        await SellsAsync(1021, request);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_understood()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Route) { Content = new FormUrlEncodedContent([new("type_id", "1"), new("request_id", "1022")]) };
        request.Headers.TransferEncodingChunked = true;

        await SellsAsync(1022, request);
    }

    [Theory]
    [InlineData(1031, "r_id=1031&request_id=5")]
    [InlineData(1032, "request_id=1032&lead_id=5")]
    [InlineData(1033, "request[r_id]=1033&l_id=5")]
    [InlineData(1034, "lead_id=1034&l_id=5")]
    [InlineData(1035, "l_id=1035")]
    [InlineData(1036, "r_id=0&request_id=&lead_id=1036")]
    [InlineData(1037, "request_id=0001037")]
    [InlineData(1038, "request_id=%201038%20")]
    public async Task The_number_is_found_under_each_of_its_names_in_order(long id, string fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Route}?type_id=1&{fields}");

        await SellsAsync(id, request);
    }

    [Fact]
    public async Task A_client_in_windows_1251_is_understood()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var cyrillic = string.Concat(Encoding.GetEncoding(1251).GetBytes("Пётр").Select(b => $"%{b:X2}"));
        _app.Uon.Leads.Put(UonRecord.Lead(1041).With("client_name", null).With("client_surname", null));
        using var request = new HttpRequestMessage(HttpMethod.Post, Route)
        {
            Content = new StringContent($"type_id=1&request_id=1041&client%5Bu_name%5D={cyrillic}", Encoding.ASCII),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=windows-1251");

        using var answer = await _app.Http.SendAsync(request);
        await _app.WaitForAsync("lead", 1041, "Delivered");

        Assert.Equal("Пётр", Assert.Single(_app.Offerum.Sent("lead-1041")).Form["name"]);
    }

    private async Task SellsAsync(long id, HttpRequestMessage request)
    {
        _app.Uon.Leads.Put(UonRecord.Lead(id));

        using var answer = await _app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal($$"""{"status":"accepted","operation":"main/lead/{{id}}"}""", await answer.Content.ReadAsStringAsync());
        await _app.WaitForAsync("lead", id, "Delivered");
        Assert.Single(_app.Offerum.Sent($"lead-{id}"));
    }
}
