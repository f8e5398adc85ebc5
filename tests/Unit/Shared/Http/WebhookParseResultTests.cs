using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Http;

namespace UonOfferum.Tests.Unit.Shared.Http;

public sealed class WebhookParseResultTests
{
    private const string FormType = "application/x-www-form-urlencoded";

    [Fact]
    public async Task A_get_has_its_fields_in_the_query()
    {
        var reading = await ReadAsync("GET", "?type_id=1&request_id=48213&client%5Bu_name%5D=%D0%90%D0%BD%D0%BD%D0%B0&client[u_note]=a+b", "ignored=1", FormType);

        Assert.Equal("48213", reading.Fields!["REQUEST_ID"]);
        Assert.Equal("Анна", reading.Fields["client[u_name]"]);
        Assert.Equal("a b", reading.Fields["client[u_note]"]);
        Assert.False(reading.Fields.ContainsKey("ignored"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task A_form_wins_over_the_query(string method)
    {
        var reading = await ReadAsync(method, "?r_id=1&uon_id=67054", "r_id=48213&client%5Bu_name%5D=%D0%90%D0%BD%D0%BD%D0%B0+%2B", FormType);

        Assert.Equal("48213", reading.Fields!["r_id"]);
        Assert.Equal("67054", reading.Fields["uon_id"]);
        Assert.Equal("Анна +", reading.Fields["client[u_name]"]);
    }

    [Theory]
    [InlineData("DELETE", null)]
    [InlineData("POST", null)]
    [InlineData("POST", "application/json")]
    [InlineData("POST", "application/xml")]
    public async Task An_empty_body_leaves_the_query(string method, string? contentType) =>
        Assert.Equal("5", (await ReadAsync(method, "?r_id=5", "", contentType)).Fields!["r_id"]);

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("text/json")]
    [InlineData("application/vnd.uon+json")]
    [InlineData("text/plain")]
    [InlineData(FormType)]
    [InlineData(null)]
    public async Task Json_is_flattened_to_php_brackets_whatever_its_content_type_says(string? contentType)
    {
        const string body = """
             {"type_id":34,"is_lead":true,"request":{"r_id":48213},"client":{"u_name":"Анна","u_email":null},"tags":["a",{"b":2}]}
            """;

        var fields = (await ReadAsync("POST", "", body, contentType)).Fields!;

        Assert.Equal("34", fields["type_id"]);
        Assert.Equal("1", fields["is_lead"]);
        Assert.Equal("48213", fields["request[r_id]"]);
        Assert.Equal("Анна", fields["client[u_name]"]);
        Assert.Equal("2", fields["tags[1][b]"]);
        Assert.False(fields.ContainsKey("client[u_email]"));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_form_without_its_content_type_is_still_a_form(string? contentType) =>
        Assert.Equal("5", (await ReadAsync("POST", "", "type_id=1&r_id=5", contentType)).Fields!["r_id"]);

    [Fact]
    public async Task The_fields_of_a_multipart_form_are_read_and_its_files_are_not()
    {
        const string body = "--x\r\nContent-Disposition: form-data; name=\"r_id\"\r\n\r\n48213\r\n"
            + "--x\r\nContent-Disposition: form-data; name=\"client[u_name]\"\r\n\r\nАнна\r\n"
            + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nsecret\r\n--x--\r\n";

        var fields = (await ReadAsync("POST", "", body, "multipart/form-data; boundary=\"x\"")).Fields!;

        Assert.Equal("48213", fields["r_id"]);
        Assert.Equal("Анна", fields["client[u_name]"]);
        Assert.Equal(2, fields.Count);
    }

    [Fact]
    public async Task Windows_1251_is_understood()
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

        var form = await ReadAsync("POST", "", "client[u_name]=%C0%ED%ED%E0"u8.ToArray(), FormType + "; charset=windows-1251");
        var json = await ReadAsync("POST", "", encoding.GetBytes("""{"client":{"u_name":"Анна"}}"""), "application/json; charset=\"windows-1251\"");

        Assert.Equal("Анна", form.Fields!["client[u_name]"]);
        Assert.Equal("Анна", json.Fields!["client[u_name]"]);
    }

    [Theory]
    [InlineData("application/json", "{")]
    [InlineData("application/json", "[1]")]
    [InlineData("application/json", "r_id=5")]
    [InlineData("text/plain", "{\"r_id\":")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"r_id\"\r\n\r\n5")]
    [InlineData("multipart/form-data", "--x--")]
    public async Task A_malformed_body_is_a_400(string contentType, string body) => Assert.Equal(400, await StatusAsync(body, contentType));

    [Theory]
    [InlineData("application/xml")]
    [InlineData("application/octet-stream")]
    [InlineData("nonsense")]
    public async Task Another_media_type_is_a_415(string contentType) => Assert.Equal(415, await StatusAsync("r_id=5", contentType));

    [Theory]
    [InlineData(65_536, 200)]
    [InlineData(65_537, 413)]
    public async Task A_body_over_64_KiB_is_a_413(int length, int expected) =>
        Assert.Equal(expected, await StatusAsync("a=" + new string('x', length - 2), FormType));

    [Fact]
    public async Task A_stated_length_over_64_KiB_is_a_413_before_anything_is_read()
    {
        var request = Request("POST", "", [], FormType);
        request.ContentLength = 65_537;
        request.Body = new BrokenStream(new InvalidOperationException("must not be read"));

        Assert.Equal(413, (await WebhookRequestReader.ReadAsync(request, TestContext.Current.CancellationToken)).Status);
    }

    [Theory]
    [InlineData(413, 413)]
    [InlineData(400, 400)]
    public async Task What_the_server_refuses_while_reading_is_a_problem_too(int thrown, int expected)
    {
        var request = Request("POST", "", [], FormType);
        request.Body = new BrokenStream(new BadHttpRequestException("broken", thrown));

        Assert.Equal(expected, (await WebhookRequestReader.ReadAsync(request, TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task An_aborted_request_throws()
    {
        var request = Request("POST", "", [], FormType);
        request.Body = new BrokenStream(new OperationCanceledException());

        await Assert.ThrowsAsync<OperationCanceledException>(() => WebhookRequestReader.ReadAsync(request, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Deep_or_long_names_do_not_multiply()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 50)) + "1" + new string('}', 50);

        Assert.Empty((await ReadAsync("POST", "", deep, "application/json")).Fields!);
        Assert.Empty((await ReadAsync("POST", "", $$"""{"{{new string('a', 300)}}":1}""", "application/json")).Fields!);
    }

    [Fact]
    public async Task No_body_makes_the_reader_throw() =>
        await Gen.Select(
                Gen.OneOf(
                    Gen.Byte.Array[0, 100],
                    Gen.OneOf("{", "}", "\"a\"", ":", ",", "[", "]", "\\ud83d", "=", "&", "%", "%D0", "--x", "\r\n", "name=\"a\"", "Content-Disposition: form-data;").Array[0, 15]
                        .Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)))),
                Gen.OneOf("application/json", FormType, "text/plain", "multipart/form-data; boundary=x", "multipart/form-data; boundary=\"\"", "text/plain; charset=windows-1251"))
            .SampleAsync(async (body, contentType) => Assert.NotNull(await ReadAsync("POST", "?a=1", body, contentType)));

    private static async Task<int> StatusAsync(string body, string contentType) => (await ReadAsync("POST", "", body, contentType)).Status;

    private static Task<WebhookParseResult> ReadAsync(string method, string query, string body, string? contentType) =>
        ReadAsync(method, query, Encoding.UTF8.GetBytes(body), contentType);

    private static Task<WebhookParseResult> ReadAsync(string method, string query, byte[] body, string? contentType) =>
        WebhookRequestReader.ReadAsync(Request(method, query, body, contentType), TestContext.Current.CancellationToken);

    private static HttpRequest Request(string method, string query, byte[] body, string? contentType)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.QueryString = new QueryString(query);
        request.Body = new MemoryStream(body);
        request.ContentType = contentType;
        return request;
    }

    private sealed class BrokenStream(Exception exception) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(exception);
    }
}
