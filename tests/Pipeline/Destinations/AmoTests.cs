using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Destinations;

/// <summary>Records made leads of an amoCRM account, beside Offerum.</summary>
public sealed class AmoTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Token = "a-long-lived-token";

    private CallSink _amo = null!;

    public async ValueTask InitializeAsync() => _amo = await CallSink.StartAsync(Usual, CancellationToken.None);

    public ValueTask DisposeAsync() => _amo.DisposeAsync();

    [Fact]
    public async Task A_record_becomes_a_lead_with_its_contact()
    {
        await using var app = await PipelineApp.StartAsync(azurite, Amo());
        var record = UonRecord.Lead(1);
        app.Uon.Leads.Put(record);

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("main/lead/1", s => s.State("amo") == "Delivered", "be delivered");

        Assert.Equal("1", story.Delivery("amo").Text("orderId"));
        var call = Assert.Single(_amo.Calls);
        Assert.Equal(("/api/v4/leads/complex", $"Bearer {Token}"), (call.Path, call.Headers["Authorization"]));
        var contact = JsonDocument.Parse(call.Body).RootElement[0].GetProperty("_embedded").GetProperty("contacts")[0];
        Assert.Contains(record.E164!, contact.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_token_holds_the_records_until_it_works()
    {
        await using var app = await PipelineApp.StartAsync(azurite, Amo(("Token", "a-wrong-one")));
        app.Uon.Leads.Put(UonRecord.Lead(1));

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("main/lead/1", s => s.State("amo") == "Held", "be held");
        Assert.Equal("amo-denied", story.ErrorCode());
        using var check = await app.PostAsync("pipelines/main/check", new { });
        Assert.Contains("amo-denied", await check.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await app.StopHostAsync();
        app.Set("Pipelines:main:Amo:Token", Token);
        await app.StartHostAsync();

        using var working = await app.PostAsync("pipelines/main/check", new { });
        Assert.Contains("amoCRM accepts the token.", await working.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var resume = await app.PostAsync("pipelines/main/resume", new { });
        await app.WaitForAsync("main/lead/1", s => s.State("amo") == "Delivered", "go on");
    }

    [Fact]
    public async Task A_missing_reply_waits_for_an_operator()
    {
        await using var app = await PipelineApp.StartAsync(azurite, Amo(("Timeout", "00:00:01")));
        app.Uon.Leads.Put(UonRecord.Lead(1));
        _amo.Next(new SinkAnswer(200, "") { Hangs = true });

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("main/lead/1", s => s.State("amo") == "Uncertain", "wait for an operator");

        Assert.Equal("uncertain", story.ErrorCode());
        Assert.Single(_amo.Calls);
    }

    [Fact]
    public async Task A_lead_whose_answer_was_lost_is_found_by_its_name_and_not_made_twice()
    {
        await using var app = await PipelineApp.StartAsync(azurite, Amo(("Timeout", "00:00:05"), ("SearchAfter", "00:00:03")));
        app.Uon.Leads.Put(UonRecord.Lead(1));
        _amo.Next(
            new SinkAnswer(504, "<html>"),
            new SinkAnswer(200, """{"_embedded":{"leads":[{"id":6,"name":"Анна [main/lead/11]"},{"id":77,"name":"Анна [main/lead/1]"}]}}"""));

        using var answer = await app.SendWebhookAsync(1);
        await app.WaitForAsync("main/lead/1", s => s.State("amo") == "Uncertain", "be in doubt");
        using var replay = await app.PostAsync("operations/main/lead/1/replay", new { from = "send", destination = "amo" });
        var story = await app.WaitForAsync("main/lead/1", s => s.State("amo") == "Delivered", "be found");

        Assert.Equal("77", story.Delivery("amo").Text("orderId"));
        Assert.Equal(["POST /api/v4/leads/complex", "GET /api/v4/leads"], _amo.Calls.Select(c => $"{c.Method} {c.Path}"));
    }

    [Fact]
    public async Task A_search_that_fails_sends_nothing()
    {
        await using var app = await PipelineApp.StartAsync(azurite, Amo(("SearchAfter", "00:00:01")));
        app.Uon.Leads.Put(UonRecord.Lead(1));
        _amo.Next(new SinkAnswer(504, "<html>"), new SinkAnswer(503, ""), new SinkAnswer(204, ""));

        using var answer = await app.SendWebhookAsync(1);
        await app.WaitForAsync("main/lead/1", s => s.State("amo") == "Uncertain", "be in doubt");
        using var replay = await app.PostAsync("operations/main/lead/1/replay", new { from = "send", destination = "amo" });
        await app.WaitForAsync("main/lead/1", s => s.State("amo") == "Delivered", "be sent");

        Assert.Equal(["POST /api/v4/leads/complex", "GET /api/v4/leads", "GET /api/v4/leads", "POST /api/v4/leads/complex"], _amo.Calls.Select(c => $"{c.Method} {c.Path}"));
    }

    private static SinkAnswer Usual(SunkCall call) => (call.Headers.GetValueOrDefault("Authorization") == $"Bearer {Token}", call.Path) switch
    {
        (false, _) => new SinkAnswer(401, """{"title":"Unauthorized","status":401}"""),
        (_, "/api/v4/leads") => new SinkAnswer(204, ""),
        (_, "/api/v4/account") => new SinkAnswer(200, """{"id":31}"""),
        _ => new SinkAnswer(200, $$"""[{"id":{{call.Number}},"contact_id":2,"merged":false}]"""),
    };

    private (string Key, string? Value)[] Amo(params (string Key, string? Value)[] more) =>
    [
        .. new (string Key, string? Value)[] { ("BaseAddress", _amo.BaseAddress.AbsoluteUri), ("Token", Token), ("RequestsPerSecond", "1000"), ("Retry", "00:00:01,00:00:01") }
            .Concat(more).Select(s => ($"Pipelines:main:Amo:{s.Key}", s.Value)),
    ];
}
