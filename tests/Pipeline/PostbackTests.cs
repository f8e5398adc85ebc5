using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.OfferumSenderFunction.Postbacks;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;
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

    [Fact]
    public async Task A_postback_that_overtakes_the_answer_to_the_order_ends_it_at_once()
    {
        await using var app = await StartAsync();
        app.Uon.Leads.Put(UonRecord.Lead(74));
        app.Offerum.ForSubId("lead-74").Set(OfferumReplyKind.TakenThenHang);
        (await app.SendWebhookAsync(74)).Dispose();
        await app.WaitForAsync("lead", 74, "Sending");

        Assert.Equal("accepted", await PostbackAsync(app, "subid1=lead-74&status=waiting&lead_id=9001"));
        var sold = (await app.OperationAsync("lead", 74))!.Value;
        Assert.Equal(("Delivered", "9001"), (sold.State(), sold.Delivery().Text("orderId")));

        // The POST is still under way: its end changes nothing.
        await app.Offerum.GoDownAsync();
        await app.Offerum.ComeBackAsync(TestContext.Current.CancellationToken);
        var journal = app.Services.GetRequiredService<JournalStore>();
        await Eventually.UntilAsync(async () =>
            await journal.ReadClaimAsync(new OperationId("main", RecordKind.Lead, 74), "offerum", CancellationToken.None) is { Result: ClaimResult.Delivered });

        var settled = (await app.OperationAsync("lead", 74))!.Value;
        Assert.Equal(("Delivered", "9001"), (settled.State(), settled.Delivery().Text("orderId")));
        Assert.Single(app.Offerum.Sent("lead-74"));
        Assert.Equal("ignored", await PostbackAsync(app, "subid1=lead-74&status=waiting&lead_id=9001"));
    }

    [Fact]
    public async Task A_postback_between_two_tries_ends_the_tries()
    {
        await using var app = await StartAsync(("Pipelines:main:Offerum:Retry", "00:00:30"));
        app.Uon.Leads.Put(UonRecord.Lead(75));
        app.Offerum.ForSubId("lead-75").Set(OfferumReplyKind.TakenThenServerError, Repeat.ForEver);
        (await app.SendWebhookAsync(75)).Dispose();
        await app.WaitForAsync("main/lead/75", story => story.State() == "Uncertain" && story.GetProperty("nextTryAt").ValueKind != JsonValueKind.Null, "wait for its next try");

        Assert.Equal("accepted", await PostbackAsync(app, "subid1=lead-75&status=waiting"));

        await Eventually.UntilAsync(async () => (await app.Queue("offerum-orders").GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);
        await app.WaitForAsync("lead", 75, "Delivered");
        Assert.Single(app.Offerum.Sent("lead-75"));
    }

    [Fact]
    public async Task A_postback_with_another_order_id_is_shown_and_changes_nothing()
    {
        await using var app = await StartAsync();
        app.Uon.Leads.Put(UonRecord.Lead(76));
        (await app.SendWebhookAsync(76)).Dispose();
        await app.WaitForAsync("lead", 76, "Delivered");

        Assert.Equal("ignored", await PostbackAsync(app, "subid1=lead-76&status=trash&lead_id=424242"));

        Assert.Equal(JsonValueKind.Null, (await app.OperationAsync("lead", 76))!.Value.GetProperty("postback").ValueKind);
        var kept = Assert.Single((await JsonAsync(app, "operations?state=Unmatched")).GetProperty("items").EnumerateArray());
        Assert.StartsWith("unmatched/main/", kept.Text("id"), StringComparison.Ordinal);
        Assert.Equal(("Unmatched", "unmatched-postback"), (kept.State(), kept.ErrorCode()));
        Assert.Contains("another order id", kept.GetProperty("error").Text("message"), StringComparison.Ordinal);
        Assert.Contains("424242", kept.GetProperty("error").Text("message"), StringComparison.Ordinal);
        var group = Assert.Single((await JsonAsync(app, "attention?pipeline=main")).GetProperty("groups").EnumerateArray());
        Assert.Equal(("unmatched-postback", 1), (group.Text("code"), group.GetProperty("count").GetInt32()));
        Assert.Empty((await JsonAsync(app, "operations?state=Failed")).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{pipeline}-{kind}-{id}")]
    public async Task A_postback_of_a_shared_flow_finds_the_pipeline_that_sent_the_order(string? subId)
    {
        var secrets = new (string Key, string? Value)[] { ("Pipelines:main:Postback:Secret", Secret) };
        await using var app = await PipelineApp.StartAsync(azurite, new PipelineAppSetup
        {
            Pipelines = ["main", "second"],
            Settings = [.. secrets, .. new[] { "main", "second" }.Select(p => ($"Pipelines:{p}:Offerum:SameRecord", (string?)"send")), .. subId is null ? [] : new[] { "main", "second" }.Select(p => ($"Pipelines:{p}:Offerum:SubId", (string?)subId))],
        });
        app.Uon.Leads.Put(UonRecord.Lead(77));
        (await app.SendWebhookAsync(77)).Dispose();
        (await app.SendWebhookAsync(77, pipeline: "second")).Dispose();
        await app.WaitForAsync("main/lead/77", "Delivered", "Duplicate");
        var second = await app.WaitForAsync("second/lead/77", "Delivered", "Duplicate");

        // The network knows one address for the flow: main's.
        var told = subId is null ? $"subid1=lead-77&lead_id={second.Delivery().Text("orderId")}" : "subid1=second-lead-77";
        Assert.Equal("accepted", await PostbackAsync(app, $"{told}&status=approved"));

        Assert.Equal("approved", (await app.OperationAsync("second/lead/77"))!.Value.GetProperty("postback").Text("status"));
        Assert.Equal(JsonValueKind.Null, (await app.OperationAsync("main/lead/77"))!.Value.GetProperty("postback").ValueKind);
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

    /// <summary>The network gives up after a 404.</summary>
    [Fact]
    public async Task A_postback_comes_again_while_pipelines_or_secrets_are_unreadable()
    {
        await using var services = PipelineServices.Offline(azurite.NewAccount(), TimeProvider.System, ["main"]);
        var catalog = services.Get<PipelineCatalog>();
        var nothing = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        Task<IResult> ReceiveAsync() => services.Get<PostbackReceiver>().ReceiveAsync(new DefaultHttpContext().Request, "made", Secret, CancellationToken.None);

        catalog.AwaitStore();
        Assert.IsType<RetryLater>(await ReceiveAsync());

        catalog.Publish([], [new InvalidPipeline("made", [], [], ["The vault does not answer."]) { SecretsAreUnknown = true }], nothing, new HashSet<string>(StringComparer.Ordinal));
        Assert.IsType<RetryLater>(await ReceiveAsync());

        catalog.Publish([], [], nothing, new HashSet<string>(StringComparer.Ordinal));
        Assert.IsNotType<RetryLater>(await ReceiveAsync());
    }

    private Task<PipelineApp> StartAsync(params (string, string?)[] settings) =>
        PipelineApp.StartAsync(azurite, [("Pipelines:main:Postback:Secret", Secret), .. settings]);

    private static Task<JsonElement> JsonAsync(PipelineApp app, string route) => app.Http.GetFromJsonAsync<JsonElement>(route);

    private static async Task<string?> PostbackAsync(PipelineApp app, string query)
    {
        using var answer = await app.Http.GetAsync($"offerum/main/{Secret}/postback?{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString();
    }
}
