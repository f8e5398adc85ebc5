using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Destinations;

/// <summary>Records made leads of a Bitrix24 portal, beside Offerum.</summary>
public sealed class BitrixTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private ManyDestinations _many = null!;

    public async ValueTask InitializeAsync() => _many = await ManyDestinations.StartAsync();

    public ValueTask DisposeAsync() => _many.DisposeAsync();

    [Fact]
    public async Task A_record_becomes_a_lead_once()
    {
        await using var app = await PipelineApp.StartAsync(azurite, _many.BitrixSettings);
        var record = UonRecord.Lead(1);
        app.Uon.Leads.Put(record);

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("lead", 1, "Delivered");

        Assert.Equal("4501", story.Delivery("bitrix").Text("orderId"));
        using var body = JsonDocument.Parse(Assert.Single(_many.Bitrix.Calls).Body);
        var fields = body.RootElement.GetProperty("fields");
        Assert.Equal(record.E164, fields.GetProperty("PHONE")[0].Text("VALUE"));
        Assert.Equal("main/lead/1", fields.Text("ORIGIN_ID"));
    }

    [Fact]
    public async Task A_busy_portal_is_tried_again()
    {
        await using var app = await PipelineApp.StartAsync(azurite, _many.BitrixSettings);
        app.Uon.Leads.Put(UonRecord.Lead(1));
        _many.Bitrix.Next(new SinkAnswer(503, """{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}"""));

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("lead", 1, "Delivered");

        Assert.Equal("claimed sent retry claimed sent delivered", story.Events("bitrix"));
    }

    [Fact]
    public async Task A_lead_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        await using var app = await PipelineApp.StartAsync(azurite, [.. _many.BitrixSettings, ("Pipelines:main:Bitrix:Timeout", "00:00:05"), ("Pipelines:main:Bitrix:SearchAfter", "00:00:20")]);
        app.Uon.Leads.Put(UonRecord.Lead(1));
        _many.Bitrix.Next(new SinkAnswer(200, "") { Hangs = true }, new SinkAnswer(200, """{"result":[{"ID":"77"}],"total":1}"""));

        using var answer = await app.SendWebhookAsync(1);
        await app.WaitForAsync("main/lead/1", s => s.State("bitrix") == "Uncertain" && s.State("offerum") == "Delivered", "be in doubt");
        // An operator cannot make the app look before the portal's search knows the lead.
        using var replay = await app.PostAsync("operations/main/lead/1/replay", new { from = "send", destination = "bitrix" });
        Assert.True(replay.IsSuccessStatusCode, await replay.Content.ReadAsStringAsync());
        var story = await app.WaitForAsync("lead", 1, "Delivered");

        Assert.Equal("77", story.Delivery("bitrix").Text("orderId"));
        Assert.Single(ManyDestinations.Leads(_many.Bitrix));
        DateTimeOffset[] claimed = [.. story.GetProperty("events").EnumerateArray().Where(e => e.Text("name") == "claimed" && e.Text("destination") == "bitrix").Select(e => e.GetProperty("at").GetDateTimeOffset())];
        Assert.Equal(2, claimed.Length);
        Assert.Contains("waiting", story.Events("bitrix"), StringComparison.Ordinal);
        Assert.True(claimed[1] - claimed[0] >= TimeSpan.FromSeconds(20), $"{claimed[1] - claimed[0]}");
    }

    [Fact]
    public async Task A_phone_the_portal_has_makes_no_lead_where_the_settings_say_so()
    {
        await using var app = await PipelineApp.StartAsync(azurite, [.. _many.BitrixSettings, ("Pipelines:main:Bitrix:Duplicates", "skip")]);
        app.Uon.Leads.Put(UonRecord.Lead(1));
        _many.Bitrix.Next(new SinkAnswer(200, """{"result":{"CONTACT":[5]}}"""));

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("main/lead/1", s => s.State("bitrix") == "Duplicate" && s.State("offerum") == "Delivered", "know the phone");

        Assert.Equal("CONTACT 5", story.Delivery("bitrix").Text("orderId"));
        Assert.Empty(ManyDestinations.Leads(_many.Bitrix));
    }

    [Fact]
    public async Task A_webhook_without_the_right_holds_the_leads_and_is_shown_to_nobody()
    {
        await using var app = await PipelineApp.StartAsync(azurite, _many.BitrixSettings);
        app.Uon.Leads.Put(UonRecord.Lead(1));
        ManyDestinations.Refuse(_many.Bitrix, new SinkAnswer(403, """{"error":"insufficient_scope","error_description":"The request requires higher privileges"}"""));

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("main/lead/1", s => s.State("bitrix") == "Held" && s.State("offerum") == "Delivered", "hold one and deliver the other");

        Assert.Equal("bitrix-denied", story.ErrorCode());
        Assert.DoesNotContain(ManyDestinations.BitrixSecret, story.GetRawText() + await app.Http.GetStringAsync("pipelines"), StringComparison.Ordinal);
        _many.Bitrix.Clear();
        using var resume = await app.PostAsync("pipelines/main/resume", new { });
        await app.WaitForAsync("lead", 1, "Delivered");
    }
}
