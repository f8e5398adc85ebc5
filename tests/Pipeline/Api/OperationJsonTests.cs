using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Api;

/// <summary>The JSON of one operation, name by name (design, section 8).</summary>
public sealed class OperationJsonTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly string[] Names =
    [
        "id", "pipeline", "kind", "recordId", "state", "run", "attempt", "receivedAt", "updatedAt", "nextTryAt", "inProgress", "resending", "mayHaveArrived", "fields", "error", "deliveries",
        "allowedActions", "postback", "events", "recordUrl", "revision",
    ];

    private readonly PipelineApp _app = shared.App;

    [Fact]
    public async Task A_delivered_operation_has_every_name_of_the_contract_and_no_other()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(401));
        using var answer = await _app.SendWebhookAsync(401);
        var operation = await _app.WaitForAsync("lead", 401, "Delivered");

        Assert.Equal(Names, Properties(operation));
        Assert.Equal("main/lead/401", operation.Text("id"));
        Assert.Equal("main", operation.Text("pipeline"));
        Assert.Equal("lead", operation.Text("kind"));
        Assert.Equal("401", operation.Text("recordId"));
        Assert.Equal(7, Guid.Parse(operation.Text("run")!).Version);
        Assert.Equal(2, operation.GetProperty("attempt").GetInt32());
        Assert.True(operation.GetProperty("receivedAt").GetDateTimeOffset() < operation.GetProperty("updatedAt").GetDateTimeOffset());
        Assert.Equal(TimeSpan.Zero, operation.GetProperty("receivedAt").GetDateTimeOffset().Offset);
        Assert.All(["nextTryAt", "error", "postback"], name => Assert.Equal(JsonValueKind.Null, operation.GetProperty(name).ValueKind));
        Assert.All(operation.GetProperty("fields").EnumerateObject(), field => Assert.Equal(JsonValueKind.String, field.Value.ValueKind));

        var delivery = operation.Delivery();
        Assert.Equal(["destination", "state", "orderId", "attempts", "reply", "error", "nextTryAt", "inProgress", "resending", "mayHaveArrived", "allowedActions"], Properties(delivery));
        Assert.Equal("offerum", delivery.Text("destination"));
        Assert.Equal("Delivered", delivery.State());
        Assert.Equal(Assert.Single(_app.Offerum.Sent("lead-401")).OrderId.ToString(), delivery.Text("orderId"));
        Assert.Equal(1, delivery.GetProperty("attempts").GetInt32());
        Assert.Equal(["status", "body"], Properties(delivery.GetProperty("reply")));
        Assert.Empty(operation.GetProperty("allowedActions").EnumerateArray());
        Assert.Empty(delivery.GetProperty("allowedActions").EnumerateArray());

        Assert.All(operation.GetProperty("events").EnumerateArray(), line => Assert.Equal(["at", "name", "attempt", "detail"], Properties(line).Where(name => name != "says")));
        Assert.Equal("webhook fetched enriched claimed sent delivered", operation.Events());
    }

    [Fact]
    public async Task A_waiting_operation_says_when_and_why_and_a_failed_one_what_to_do()
    {
        // A throttled record waits for as long as it takes; one that is missing passes through that state too quickly for a busy machine.
        _app.Uon.Leads.Faults(402).Set(UonFault.TooManyRequests);
        using var answer = await _app.SendWebhookAsync(402);

        var waiting = await _app.WaitForAsync("lead", 402, "Waiting");
        Assert.True(waiting.GetProperty("nextTryAt").GetDateTimeOffset() > waiting.GetProperty("updatedAt").GetDateTimeOffset());
        Assert.Equal("uon-unavailable", waiting.ErrorCode());
        _app.Uon.Leads.Faults(402).Clear();
        var failed = await _app.WaitForAsync("lead", 402, "Failed");

        Assert.Equal(Names, Properties(failed));
        // There is no phone to send yet.
        Assert.Equal(["replay-enrich", "edit", "resolve"], failed.GetProperty("allowedActions").EnumerateArray().Select(action => action.GetString()));
        Assert.Equal(["code", "message", "stage", "says"], Properties(failed.GetProperty("error")));
        Assert.Equal("enrich", failed.GetProperty("error").Text("stage"));
        Assert.Equal(JsonValueKind.Array, failed.GetProperty("deliveries").ValueKind);
        Assert.Equal(JsonValueKind.Object, failed.GetProperty("fields").ValueKind);
        Assert.Equal(JsonValueKind.Null, failed.GetProperty("nextTryAt").ValueKind);
    }

    [Fact]
    public async Task Every_field_of_the_source_document_is_there()
    {
        var record = UonRecord.Request(403).With("dat_close", null).With("date_close", "2026-11-30 10:00");
        _app.Uon.Requests.Put(record);
        using var answer = await _app.SendWebhookAsync(403, UonWebhook.RequestCreated);
        var operation = await _app.WaitForAsync("request", 403, "Delivered");

        string[] names =
        [
            "id", "dat_lead", "dat", "status_id", "status", "office_id", "office_name", "travel_type_id", "travel_type", "manager_id", "manager_surname",
            "manager_sname", "manager_name", "source_id", "source", "client_id", "client_surname", "client_name", "client_sname",
        ];
        Assert.All(names, name => Assert.Equal(record.Text(name), operation.Field(name)));
        Assert.Equal("2026-11-30 10:00", operation.Field("dat_close"));
    }

    [Fact]
    public async Task Phones_and_e_mails_are_masked_until_a_reveal_which_is_told()
    {
        var record = UonRecord.Lead(404).With("client_name", "Анна, +7 999 100-04-04, anna404@example.org");
        _app.Uon.Leads.Put(record);
        using var answer = await _app.SendWebhookAsync(404);
        await _app.WaitForAsync("lead", 404, "Delivered");

        var shown = await _app.Http.GetStringAsync("operations/main/lead/404");
        using var reveal = await _app.PostAsync("operations/main/lead/404/reveal", new { by = "Мария" });
        var revealed = await reveal.Content.ReadFromJsonAsync<JsonElement>();
        var after = (await _app.OperationAsync("lead", 404))!.Value;

        Assert.DoesNotContain("100-04-04", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("1000404", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("anna404", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(record.Text("client_email")!, shown, StringComparison.Ordinal);
        Assert.Equal("+7*******04", JsonSerializer.Deserialize<JsonElement>(shown).Field("phone"));
        Assert.Equal(record.E164, revealed.Field("phone"));
        Assert.Equal(record.Text("client_email"), revealed.Field("client_email"));
        Assert.EndsWith("revealed", revealed.Events(), StringComparison.Ordinal);
        Assert.EndsWith("revealed", after.Events(), StringComparison.Ordinal);
        Assert.Equal("+7*******04", after.Field("phone"));
        Assert.Contains("Мария", after.GetProperty("events").EnumerateArray().Last().Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cyrillic_is_not_escaped()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(405));
        using var answer = await _app.SendWebhookAsync(405);
        await _app.WaitForAsync("lead", 405, "Delivered");

        var text = await _app.Http.GetStringAsync("operations/main/lead/405");

        Assert.Contains("Новое обращение", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operations/main/lead/499", HttpStatusCode.NotFound)]
    [InlineData("operations/nobody/lead/401", HttpStatusCode.NotFound)]
    [InlineData("operations/main/auto/499", HttpStatusCode.NotFound)]
    [InlineData("operations/main/offer/401", HttpStatusCode.BadRequest)]
    [InlineData("operations/main/lead/0", HttpStatusCode.BadRequest)]
    [InlineData("operations/main/lead/x", HttpStatusCode.BadRequest)]
    public async Task An_operation_that_is_not_there_is_told_as_a_problem(string route, HttpStatusCode status)
    {
        using var answer = await _app.Http.GetAsync(route);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("GET", "operations")]
    [InlineData("GET", "operations/main/lead/401")]
    [InlineData("POST", "operations/main/lead/401/replay")]
    [InlineData("POST", "operations/main/lead/401/edit")]
    [InlineData("POST", "operations/main/lead/401/resolve")]
    [InlineData("POST", "operations/main/lead/401/reveal")]
    [InlineData("POST", "pipelines/main/pause")]
    [InlineData("POST", "pipelines/main/resume")]
    [InlineData("POST", "replays")]
    public async Task Operators_routes_need_the_key(string method, string route)
    {
        using var stranger = new HttpClient { BaseAddress = _app.Http.BaseAddress };
        foreach (var wrong in new[] { "", "?code=", "?code=a-wrong-key" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), route + wrong);
            using var answer = await stranger.SendAsync(request);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            // The host refuses, before the app is called: a status and nothing else.
            Assert.Equal("", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task The_key_is_taken_from_the_query_too_and_health_needs_none()
    {
        using var stranger = new HttpClient { BaseAddress = _app.Http.BaseAddress };

        using var listed = await stranger.GetAsync($"operations?code={PipelineApp.FunctionKey}");

        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
        Assert.Equal("""{"status":"healthy"}""", await stranger.HealthAsync(HttpStatusCode.OK));
    }

    private static IEnumerable<string> Properties(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
