using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Destinations;

/// <summary>Records told to a Telegram chat, beside Offerum.</summary>
public sealed class TelegramTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private ManyDestinations _many = null!;

    public async ValueTask InitializeAsync() => _many = await ManyDestinations.StartAsync();

    public ValueTask DisposeAsync() => _many.DisposeAsync();

    [Fact]
    public async Task A_chat_is_told_of_a_lead_once()
    {
        await using var app = await PipelineApp.StartAsync(azurite, _many.TelegramSettings);
        var record = UonRecord.Lead(1);
        app.Uon.Leads.Put(record);

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("lead", 1, "Delivered");

        var call = Assert.Single(_many.Telegram.Calls);
        Assert.Equal("1", story.Delivery("telegram").Text("orderId"));
        using var body = JsonDocument.Parse(call.Body);
        Assert.Equal("-1001234567890", body.RootElement.Text("chat_id"));
        Assert.Contains($"{record.E164}\nU-ON: lead 1", body.RootElement.Text("text")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_asks_us_to_wait_is_waited()
    {
        await using var app = await PipelineApp.StartAsync(azurite, _many.TelegramSettings);
        app.Uon.Leads.Put(UonRecord.Lead(1));
        _many.Telegram.Next(new SinkAnswer(429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}"""));

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("lead", 1, "Delivered");

        // The state passes too quickly to be seen on a busy machine; the story keeps it, in whole seconds.
        var retry = story.GetProperty("events").EnumerateArray().Single(line => line.Text("name") == "retry");
        var next = DateTimeOffset.Parse(retry.Text("detail")!.Split("next try at ")[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(next - retry.GetProperty("at").GetDateTimeOffset(), TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));
        Assert.Equal(2, _many.Telegram.Calls.Count);
    }

    [Fact]
    public async Task A_bot_removed_from_the_chat_holds_the_leads_until_it_is_back()
    {
        await using var app = await PipelineApp.StartAsync(azurite, _many.TelegramSettings);
        app.Uon.Leads.Put(UonRecord.Lead(1));
        ManyDestinations.Refuse(_many.Telegram, new SinkAnswer(403, """{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the supergroup chat"}"""));

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("main/lead/1", s => s.State("telegram") == "Held" && s.State("offerum") == "Delivered", "hold one and deliver the other");
        Assert.Equal("telegram-denied", story.ErrorCode());
        _many.Telegram.Clear();
        using var check = await app.PostAsync("pipelines/main/check", new { });
        Assert.Contains("and the bot has access to the chat", await check.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var resume = await app.PostAsync("pipelines/main/resume", new { });
        await app.WaitForAsync("lead", 1, "Delivered");

        Assert.Single(app.Offerum.Sent("lead-1"));
    }

    [Fact]
    public async Task The_token_is_shown_to_nobody()
    {
        await using var app = await PipelineApp.StartAsync(azurite, _many.TelegramSettings);
        app.Uon.Leads.Put(UonRecord.Lead(1));

        using var test = await app.PostAsync("pipelines/main/test", new { kind = "lead", id = 1 });
        var shown = await test.Content.ReadAsStringAsync() + await app.Http.GetStringAsync("pipelines");

        Assert.Contains("Telegram:BotToken", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(ManyDestinations.BotToken, shown, StringComparison.Ordinal);
    }
}
