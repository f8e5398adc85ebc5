using System.Net;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline;

public sealed class PostbackTests(AzuriteFixture azurite)
{
    private const string Secret = "a-postback-secret-for-tests";

    [Fact]
    public async Task A_postback_closes_the_loop_and_is_tolerant_of_repeats_and_disorder()
    {
        await using var app = await StartAsync();
        app.Uon.Leads.Put(UonRecord.Lead(71));
        (await app.SendWebhookAsync(71)).Dispose();
        await app.WaitForAsync("lead", 71, "Delivered");

        Assert.Equal("accepted", await PostbackAsync(app, "subid1=lead-71&status=waiting"));
        Assert.Equal("accepted", await PostbackAsync(app, "subid1=lead-71&status=approved&summ_approved=350,50&currency=RUB"));
        Assert.Equal("ignored", await PostbackAsync(app, "subid1=lead-71&status=approved&summ_approved=350,50&currency=RUB"));
        Assert.Equal("ignored", await PostbackAsync(app, "subid1=lead-71&status=waiting"));

        var postback = (await app.OperationAsync("lead", 71))!.Value.GetProperty("postback");
        Assert.Equal("approved", postback.GetProperty("status").GetString());
        Assert.Equal("350,50", postback.GetProperty("payout").GetString());
        Assert.Equal("RUB", postback.GetProperty("currency").GetString());
    }

    [Fact]
    public async Task A_postback_finds_its_order_by_the_networks_id_too()
    {
        await using var app = await StartAsync();
        app.Uon.Leads.Put(UonRecord.Lead(72));
        (await app.SendWebhookAsync(72)).Dispose();
        var operation = await app.WaitForAsync("lead", 72, "Delivered");
        var orderId = operation.GetProperty("deliveries")[0].GetProperty("orderId").GetString();

        Assert.Equal("accepted", await PostbackAsync(app, $"lead_id={orderId}&status=trash"));
        Assert.Equal("ignored", await PostbackAsync(app, "lead_id=999&status=trash"));
    }

    [Fact]
    public async Task A_postback_ends_the_doubt_whether_an_order_arrived()
    {
        await using var app = await StartAsync(("Pipelines:main:Offerum:Uncertain", "hold"));
        app.Uon.Leads.Put(UonRecord.Lead(73));
        app.Offerum.ForSubId("lead-73").Set(OfferumReplyKind.TakenThenReset);
        (await app.SendWebhookAsync(73)).Dispose();
        await app.WaitForAsync("lead", 73, "Uncertain");

        Assert.Equal("accepted", await PostbackAsync(app, "subid1=lead-73&status=approved"));

        await app.WaitForAsync("lead", 73, "Delivered");
        Assert.Single(app.Offerum.Sent("lead-73"));
    }

    [Theory]
    [InlineData("subid1=lead-1&status=sold", HttpStatusCode.BadRequest)]
    [InlineData("status=approved", HttpStatusCode.BadRequest)]
    public async Task A_postback_that_says_nothing_is_refused(string query, HttpStatusCode expected)
    {
        await using var app = await StartAsync();
        using var answer = await app.Http.GetAsync($"offerum/main/{Secret}/postback?{query}");
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_wrong_secret_and_an_unknown_pipeline_look_the_same()
    {
        await using var app = await StartAsync();
        using var wrong = await app.Http.GetAsync("offerum/main/another-secret-entirely/postback?subid1=lead-1&status=approved");
        using var unknown = await app.Http.GetAsync($"offerum/nobody/{Secret}/postback?subid1=lead-1&status=approved");
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        Assert.Equal(await wrong.Content.ReadAsStringAsync(), await unknown.Content.ReadAsStringAsync());
    }

    private Task<PipelineApp> StartAsync(params (string, string?)[] settings) =>
        PipelineApp.StartAsync(azurite, [("Pipelines:main:Postback:Secret", Secret), .. settings]);

    private static async Task<string?> PostbackAsync(PipelineApp app, string query)
    {
        using var answer = await app.Http.GetAsync($"offerum/main/{Secret}/postback?{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString();
    }
}
