using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Destinations;

/// <summary>Records told to a MAX chat, beside Offerum.</summary>
public sealed class MaxTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private ManyDestinations _many = null!;

    public async ValueTask InitializeAsync() => _many = await ManyDestinations.StartAsync();

    public ValueTask DisposeAsync() => _many.DisposeAsync();

    [Fact]
    public async Task A_chat_is_told_of_a_lead_once_and_the_token_is_shown_to_nobody()
    {
        await using var app = await PipelineApp.StartAsync(azurite, _many.MaxSettings);
        var record = UonRecord.Lead(1);
        app.Uon.Leads.Put(record);

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("lead", 1, "Delivered");

        var call = Assert.Single(_many.Max.Calls);
        Assert.Equal(("POST", "/messages", "?chat_id=-70012345"), (call.Method, call.Path, call.Query));
        Assert.Equal("mid.1", story.Delivery("max").Text("orderId"));
        using var body = JsonDocument.Parse(call.Body);
        Assert.Contains($"{record.E164}\nU-ON: lead 1", body.RootElement.Text("text")!, StringComparison.Ordinal);
        using var test = await app.PostAsync("pipelines/main/test", new { kind = "lead", id = 1 });
        var shown = await test.Content.ReadAsStringAsync() + await app.Http.GetStringAsync("pipelines");
        Assert.Contains("Max:Token", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(ManyDestinations.MaxToken, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_that_may_not_write_holds_the_leads_until_it_may()
    {
        await using var app = await PipelineApp.StartAsync(azurite, _many.MaxSettings);
        app.Uon.Leads.Put(UonRecord.Lead(1));
        ManyDestinations.Refuse(_many.Max, new SinkAnswer(403, """{"code":"chat.denied","message":"error.chat.denied"}"""));

        using var answer = await app.SendWebhookAsync(1);
        var story = await app.WaitForAsync("main/lead/1", s => s.State("max") == "Held" && s.State("offerum") == "Delivered", "hold one and deliver the other");
        Assert.Equal("max-denied", story.ErrorCode());
        _many.Max.Clear();
        using var check = await app.PostAsync("pipelines/main/check", new { });
        Assert.Contains("the bot has access to the chat", await check.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var resume = await app.PostAsync("pipelines/main/resume", new { });
        await app.WaitForAsync("lead", 1, "Delivered");

        Assert.Single(app.Offerum.Sent("lead-1"));
    }
}
