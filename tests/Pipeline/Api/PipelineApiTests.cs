using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Api;

/// <summary>The routes about pipelines: settings in force, addresses, checks, dry runs, health.</summary>
public sealed class PipelineApiTests(PipelineApiTests.Apps apps) : IClassFixture<PipelineApiTests.Apps>
{
    private const string PostbackSecret = "a-postback-secret-for-tests";
    private readonly PipelineApp _app = apps.App;

    [Fact]
    public async Task The_list_shows_the_settings_in_force_and_no_secret()
    {
        var text = await _app.Http.GetStringAsync("pipelines");
        var pipeline = Item(JsonDocument.Parse(text).RootElement, PipelineApp.Name);

        Assert.Equal("running", pipeline.State());
        Assert.Equal("/api/uon/main/•••", pipeline.Text("webhookPath"));
        Assert.StartsWith("/api/offerum/main/•••/postback?", pipeline.Text("postbackPath"));
        Assert.Equal(("•••", false), Setting(pipeline, "Uon:ApiKey"));
        Assert.Equal(("•••", false), Setting(pipeline, "Webhook:Secret"));
        Assert.Equal(("zkVz", false), Setting(pipeline, "Offerum:Flow"));
        Assert.Equal(("resend", true), Setting(pipeline, "Offerum:Uncertain"));
        Assert.Equal(("30.00:00:00", true), Setting(pipeline, "Uon:MaxAge"));
        Assert.Equal(("{kind}-{id}", true), Setting(pipeline, "Offerum:SubId"));
        Assert.Equal(("{phone}", true), Setting(pipeline, "Offerum:Form:phone"));
        Assert.True(Setting(pipeline, "Fields:client_name").IsDefault);
        Assert.All([PipelineApp.Secret, PostbackSecret, UonSimulator.DefaultApiKey, OfferumSimulator.DefaultKey], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pipeline_that_does_not_run_is_in_the_list_with_what_to_fix()
    {
        var broken = Item(await _app.Http.GetFromJsonAsync<JsonElement>("pipelines"), "broken");

        Assert.Equal("invalid", broken.State());
        Assert.Contains(broken.GetProperty("problems").EnumerateArray(), p => p.GetString()!.StartsWith("Pipelines:broken:Webhook:Secret", StringComparison.Ordinal));
        using var check = await _app.PostAsync("pipelines/broken/check", new { });
        Assert.Equal(HttpStatusCode.Conflict, check.StatusCode);
    }

    [Fact]
    public async Task The_addresses_are_those_that_the_cabinets_call()
    {
        using var answer = await _app.PostAsync("pipelines/main/addresses", new { });
        var addresses = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(new Uri(_app.Host.BaseAddress, $"api/uon/main/{PipelineApp.Secret}").ToString(), addresses.Text("webhook"));
        Assert.StartsWith(new Uri(_app.Host.BaseAddress, $"api/offerum/main/{PostbackSecret}/postback?subid1=").ToString(), addresses.Text("postback"));
    }

    [Fact]
    public async Task A_check_reads_both_cabinets_and_sends_no_order()
    {
        var good = await CheckAsync(PipelineApp.Name);
        Assert.Equal(["offerum", "uon"], good.Select(c => c.Text("what")).Order());
        Assert.All(good, check => Assert.True(check.GetProperty("ok").GetBoolean()));
        Assert.All(good, check => Assert.Null(check.Text("code")));

        var bad = await CheckAsync("wrong");
        Assert.Equal(["offerum-denied", "uon-denied"], bad.Select(c => c.Text("code")).Order());
        Assert.Contains("nobody", Assert.Single(bad, c => c.Text("what") == "offerum").Text("message"), StringComparison.Ordinal);
        Assert.Empty(_app.Offerum.Sent("lead-901"));
    }

    [Fact]
    public async Task A_dry_run_shows_the_order_and_leaves_no_trace()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(901));

        var run = await TestAsync(new { kind = "lead", id = 901 });

        Assert.Equal("would-send", run.Text("outcome"));
        var order = run.GetProperty("order");
        Assert.Equal($"{_app.Offerum.BaseAddress}webmaster/order/?key=***&flow=zkVz&subid=lead-901", order.Text("url"));
        Assert.Equal("+7*******01", order.GetProperty("form").Text("phone"));
        Assert.Equal("RU", order.GetProperty("form").Text("default_country"));
        Assert.Equal("+7*******01", run.Field("phone"));
        Assert.Null(await _app.OperationAsync("lead", 901));
        Assert.Empty(_app.Offerum.Sent("lead-901"));
    }

    [Fact]
    public async Task A_dry_run_says_why_a_record_would_not_be_sent()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(902, TimeProvider.System.GetUtcNow().AddDays(-60)));

        var old = await TestAsync(new { kind = "lead", id = 902 });
        Assert.Equal(("skipped", "Skipped", "too-old"), (old.Text("outcome"), old.State(), old.Text("code")));
        Assert.Equal(JsonValueKind.Null, old.GetProperty("order").ValueKind);

        var missing = await TestAsync(new { kind = "request", id = "903" });
        Assert.Equal(("failed", "record-not-found"), (missing.Text("outcome"), missing.Text("code")));
    }

    [Theory]
    [InlineData("pipelines/nobody/check", "{}", HttpStatusCode.NotFound)]
    [InlineData("pipelines/nobody/addresses", "{}", HttpStatusCode.NotFound)]
    [InlineData("pipelines/nobody/test", "{}", HttpStatusCode.NotFound)]
    [InlineData("pipelines/main/test", "{}", HttpStatusCode.BadRequest)]
    [InlineData("pipelines/main/test", "{\"kind\":\"offer\",\"id\":1}", HttpStatusCode.BadRequest)]
    [InlineData("pipelines/main/test", "{\"kind\":\"lead\",\"id\":0}", HttpStatusCode.BadRequest)]
    [InlineData("pipelines/main/test", "no json", HttpStatusCode.BadRequest)]
    public async Task What_makes_no_sense_is_a_problem_with_a_remedy(string route, string body, HttpStatusCode expected)
    {
        using var answer = await _app.Http.PostAsync(route, new StringContent(body));

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Health_details_tell_storage_queues_and_pauses()
    {
        using var paused = new HttpRequestMessage(HttpMethod.Post, "pipelines/resting/pause") { Headers = { { "x-operator", Uri.EscapeDataString("Анна Лугова") } } };
        using var done = await _app.Http.SendAsync(paused);

        var health = await _app.Http.HealthDetailsAsync();

        Assert.True(health.GetProperty("storage").GetProperty("ok").GetBoolean());
        Assert.Equal(4, health.GetProperty("queues").GetArrayLength());
        var resting = Assert.Single(health.GetProperty("pipelines").EnumerateArray(), p => p.Text("name") == "resting");
        var breaker = Assert.Single(resting.GetProperty("breakers").EnumerateArray());
        Assert.Equal(("pipeline", "paused", null), (breaker.Text("destination"), breaker.Text("why"), breaker.Text("code")));
        Assert.Contains("Анна Лугова", breaker.Text("message"), StringComparison.Ordinal);
        Assert.Equal((true, true), (breaker.GetProperty("open").GetBoolean(), breaker.GetProperty("closed").GetBoolean()));
        Assert.Equal(resting.GetProperty("breakers").GetRawText(), resting.GetProperty("gates").GetRawText());
        var answer = await done.Content.ReadFromJsonAsync<JsonElement>();
        var open = Assert.Single(answer.GetProperty("open").EnumerateArray());
        Assert.Equal(("pipeline", "pipeline"), (open.Text("breaker"), open.Text("gate")));
        Assert.Equal(answer.GetProperty("open").GetRawText(), answer.GetProperty("closed").GetRawText());
        Assert.Equal("paused", Item(await _app.Http.GetFromJsonAsync<JsonElement>("pipelines"), "resting").State());
    }

    private async Task<List<JsonElement>> CheckAsync(string pipeline)
    {
        using var answer = await _app.PostAsync($"pipelines/{pipeline}/check", new { });
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks").EnumerateArray()];
    }

    private async Task<JsonElement> TestAsync(object body)
    {
        using var answer = await _app.PostAsync("pipelines/main/test", body);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static JsonElement Item(JsonElement list, string name) =>
        Assert.Single(list.GetProperty("items").EnumerateArray(), item => item.Text("name") == name);

    private static (string? Value, bool IsDefault) Setting(JsonElement pipeline, string key)
    {
        var setting = Assert.Single(pipeline.GetProperty("settings").EnumerateArray(), s => s.Text("key") == key);
        return (setting.Text("value"), setting.GetProperty("isDefault").GetBoolean());
    }

    public sealed class Apps(AzuriteFixture azurite) : SharedApp(azurite)
    {
        protected override PipelineAppSetup Setup => new()
        {
            Pipelines = [PipelineApp.Name, "wrong", "resting"],
            Settings =
            [
                ("Pipelines:main:Postback:Secret", PostbackSecret),
                ("Pipelines:wrong:Uon:ApiKey", "not-the-key"),
                ("Pipelines:wrong:Offerum:Flow", "nobody"),
                ("Pipelines:broken:Uon:ApiKey", "without the rest"),
            ],
        };
    }
}
