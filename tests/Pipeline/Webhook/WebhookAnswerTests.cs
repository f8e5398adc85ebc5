using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Webhook;

/// <summary>What the cabinet shows in its log: an answer for every webhook (design, section 8).</summary>
public sealed class WebhookAnswerTests(WebhookAnswerTests.Apps apps) : IClassFixture<WebhookAnswerTests.Apps>
{
    private const string Route = $"uon/main/{PipelineApp.Secret}";
    private readonly PipelineApp _app = apps.App;

    [Theory]
    [InlineData("main", "type_id=3&client_id=5", "event type 3 is not accepted (Uon:Events)")]
    [InlineData("main", "type_id=16&request_id=5", "event type 16 is not accepted (Uon:Events)")]
    [InlineData("main", "type_id=6", "event type 6 is not accepted (Uon:Events)")]
    [InlineData(Apps.LeadsOnly, "type_id=2&request_id=5", "event type 2 is about a request, but only a lead is accepted (Uon:Record)")]
    [InlineData(Apps.OneCabinet, "type_id=1&request_id=5&uon_id=67055", "it comes from another cabinet (Uon:CabinetId)")]
    [InlineData(Apps.OneCabinet, "type_id=1&request_id=5", "it comes from another cabinet (Uon:CabinetId)")]
    [InlineData(Apps.OneCabinet, "type_id=1&request_id=none&uon_id=5", "it comes from another cabinet (Uon:CabinetId)")]
    public async Task A_webhook_that_is_not_wanted_is_ignored_with_the_reason(string pipeline, string query, string reason)
    {
        using var answer = await _app.Http.GetAsync($"uon/{pipeline}/{PipelineApp.Secret}?{query}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["status", "reason"], body.EnumerateObject().Select(p => p.Name));
        Assert.Equal("ignored", body.Text("status"));
        Assert.Equal(reason, body.Text("reason"));
        Assert.Null(await _app.OperationAsync("lead", 5, pipeline));
    }

    [Theory]
    [InlineData("")]
    [InlineData("type_id=1")]
    [InlineData("type_id=1&request_id=")]
    [InlineData("type_id=1&request_id=0")]
    [InlineData("type_id=1&request_id=000")]
    [InlineData("type_id=1&request_id=-5")]
    [InlineData("type_id=1&request_id=5.0")]
    [InlineData("type_id=1&request_id=5e3")]
    [InlineData("type_id=1&request_id=%D9%A5")]
    [InlineData("type_id=1&request_id=1234567890123456789")]
    [InlineData("type_id=1&request_id=abc%27%3B--")]
    public async Task Without_a_usable_number_it_is_refused(string query)
    {
        using var answer = await _app.Http.GetAsync($"{Route}?{query}");

        await IsProblemAsync(answer, HttpStatusCode.BadRequest, "No usable record number");
    }

    [Theory]
    [InlineData("application/json", """{"type_id":1,""")]
    [InlineData("application/json", """[1]""")]
    [InlineData("application/json", "")]
    [InlineData("multipart/form-data", "--x--")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"type_id\"\r\n")]
    public async Task A_body_that_cannot_be_read_is_refused(string contentType, string body)
    {
        using var answer = await PostAsync(contentType, body);

        await IsProblemAsync(answer, HttpStatusCode.BadRequest, body.Length == 0 ? "No usable record number" : "Malformed body");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_64_KiB_is_refused(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Route)
        {
            Content = new FormUrlEncodedContent([new("type_id", "1"), new("request_id", "5"), new("client[u_note]", new string('x', 64 * 1024))]),
        };
        request.Headers.TransferEncodingChunked = chunked;

        using var answer = await _app.Http.SendAsync(request);

        await IsProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "Body too large");
    }

    [Fact]
    public async Task A_body_of_exactly_64_KiB_is_taken()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(2001));
        const string Fields = "type_id=1&request_id=2001&client%5Bu_note%5D=";

        using var answer = await PostAsync("application/x-www-form-urlencoded", Fields + new string('x', 64 * 1024 - Fields.Length));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await _app.WaitForAsync("lead", 2001, "Delivered");
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("application/octet-stream")]
    [InlineData("text/html")]
    public async Task A_body_of_an_unknown_type_is_refused(string contentType)
    {
        using var answer = await PostAsync(contentType, "<request_id>5</request_id>");

        await IsProblemAsync(answer, HttpStatusCode.UnsupportedMediaType, "Unsupported media type");
    }

    [Fact]
    public async Task An_unknown_pipeline_and_a_wrong_secret_cannot_be_told_apart()
    {
        using var unknown = await _app.Http.GetAsync($"uon/nobody/{PipelineApp.Secret}?type_id=1&request_id=5");
        using var wrong = await _app.Http.GetAsync("uon/main/a-wrong-secret-for-tests?type_id=1&request_id=5");
        using var shorter = await _app.Http.PostAsync("uon/main/x", new StringContent(new string('x', 100_000)));

        await IsProblemAsync(wrong, HttpStatusCode.NotFound, "Not found");
        var bytes = await wrong.Content.ReadAsByteArrayAsync();
        foreach (var other in new[] { unknown, shorter })
        {
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
            Assert.Equal(bytes, await other.Content.ReadAsByteArrayAsync());
            Assert.Equal(wrong.Content.Headers.ToString(), other.Content.Headers.ToString());
            Assert.Equal(wrong.Headers.Select(h => h.Key).Order(), other.Headers.Select(h => h.Key).Order());
        }
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    public async Task Other_methods_are_refused_by_the_host(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{Route}?type_id=1&request_id=5");
        using var answer = await _app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Two_secrets_are_valid_at_once_and_no_third()
    {
        foreach (var secret in new[] { "the-old-secret-of-tests", "the-new-secret-of-tests" })
        {
            using var taken = await _app.Http.GetAsync($"uon/{Apps.Rotating}/{secret}?type_id=3");
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        foreach (var secret in new[] { PipelineApp.Secret, "the-old-secret-of-tests,the-new-secret-of-tests", "the-old-secret-of-tests," })
        {
            using var refused = await _app.Http.GetAsync($"uon/{Apps.Rotating}/{secret}?type_id=3");
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }
    }

    [Fact]
    public async Task What_was_refused_is_seen_in_the_list_without_its_content()
    {
        using var noNumber = await _app.Http.GetAsync($"uon/{Apps.Refusing}/{PipelineApp.Secret}?type_id=1&request_id=secret-words");
        using var malformed = await _app.Http.PostAsync($"uon/{Apps.Refusing}/{PipelineApp.Secret}", new StringContent("{secret-words", Encoding.UTF8, "application/json"));
        using var unsupported = await _app.Http.PostAsync($"uon/{Apps.Refusing}/{PipelineApp.Secret}", new StringContent("secret-words", Encoding.UTF8, "text/xml"));
        using var stranger = await _app.Http.GetAsync($"uon/{Apps.Refusing}/a-wrong-secret-for-tests?type_id=1");

        var text = await _app.Http.GetStringAsync($"operations?state=Refused&pipeline={Apps.Refusing}");
        var items = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(["http-415", "http-400", "http-400"], items.Select(item => item.ErrorCode()));
        Assert.All(items, item => Assert.Equal("Refused", item.State()));
        Assert.All(items, item => Assert.Equal(Apps.Refusing, item.Text("pipeline")));
        Assert.All(items, item => Assert.StartsWith($"refused/{Apps.Refusing}/", item.Text("id"), StringComparison.Ordinal));
        Assert.Contains("request_id is not a record's number", items[2].GetProperty("error").Text("message"), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-words", text, StringComparison.Ordinal);

        var first = Uri.EscapeDataString(items[1].Text("receivedAt")!);
        var table = await _app.Http.GetStringAsync($"operations?state=Refused&pipeline={Apps.Refusing}&to={first}&format=csv");
        Assert.Equal(items[2].Text("id"), Assert.Single(table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..]).Split(',')[0]);
    }

    private async Task<HttpResponseMessage> PostAsync(string contentType, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await _app.Http.PostAsync(Route, content);
    }

    private static async Task IsProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string title)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal(title, problem.Text("title"));
        Assert.False(string.IsNullOrWhiteSpace(problem.Text("detail")));
    }

    public sealed class Apps(AzuriteFixture azurite) : SharedApp(azurite)
    {
        public const string LeadsOnly = "leads-only";
        public const string OneCabinet = "one-cabinet";
        public const string Rotating = "rotating";
        public const string Refusing = "refusing";

        protected override PipelineAppSetup Setup => new()
        {
            Pipelines = [PipelineApp.Name, LeadsOnly, OneCabinet, Rotating, Refusing],
            Settings =
            [
                ($"Pipelines:{LeadsOnly}:Uon:Record", "lead"),
                ($"Pipelines:{OneCabinet}:Uon:CabinetId", "67054"),
                ($"Pipelines:{Rotating}:Webhook:Secret", "the-old-secret-of-tests,the-new-secret-of-tests"),
            ],
        };
    }
}
