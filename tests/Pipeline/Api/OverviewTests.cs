using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using UonOfferum.OperationsFunction.Statistics;
using UonOfferum.Shared.Journal;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Api;

/// <summary>The overview's numbers: each step is counted once, however often the roll-up runs.</summary>
public sealed class OverviewTests(AzuriteFixture azurite)
{
    private const string PostbackSecret = "a-postback-secret-for-tests";

    [Fact]
    public async Task Every_lead_is_counted_once_although_two_fold_at_the_same_time()
    {
        await using var app = await StartAsync();
        for (var id = 1; id <= 30; id++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(id));
            if (id > 20)
            {
                app.Offerum.ForSubId($"lead-{id}").Set(OfferumReplyKind.NameError);
            }

            using var answer = await app.SendWebhookAsync(id);
        }

        await app.WaitUntilQuietAsync();
        await RollUpAsync(app);

        var overview = await app.Http.GetFromJsonAsync<JsonElement>("overview");
        var pipeline = Assert.Single(overview.GetProperty("pipelines").EnumerateArray());
        Assert.Equal(("24h", "hour"), (overview.Text("range"), overview.Text("step")));
        Assert.Equal(4, overview.GetProperty("queues").GetArrayLength());
        Assert.Equal((20, 10, 0), (Number(pipeline, "finished", "Delivered"), Number(pipeline, "finished", "Rejected"), Number(pipeline, "finished", "Failed")));
        Assert.Equal(10, Number(pipeline, "open", "Rejected"));
        Assert.Equal(10, pipeline.GetProperty("attention").GetInt32());
        Assert.False(pipeline.GetProperty("openCapped").GetBoolean());
        Assert.False(pipeline.GetProperty("paused").GetBoolean());
        Assert.False(pipeline.GetProperty("silent").GetBoolean());
        Assert.True(pipeline.GetProperty("lastWebhookAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow().AddMinutes(-5));
        var seconds = pipeline.GetProperty("seconds");
        Assert.InRange(seconds.GetProperty("p50").GetDouble(), 0.01, seconds.GetProperty("p95").GetDouble());
        var series = pipeline.GetProperty("series").EnumerateArray().ToList();
        Assert.Equal(24, series.Count);
        Assert.Equal((30, 20, 10), (Sum(series, "received"), Sum(series, "delivered"), Sum(series, "attention")));
    }

    [Fact]
    public async Task A_lead_whose_kind_was_found_late_is_received_once()
    {
        await using var app = await StartAsync();
        app.Uon.Requests.Put(UonRecord.Request(77).CompletesAfter(reads: 1));
        using var answer = await app.Http.PostAsync($"uon/main/{PipelineApp.Secret}", new FormUrlEncodedContent([new("request_id", "77")]));
        var story = await app.WaitForAsync("request", 77, "Delivered");
        Assert.StartsWith("webhook waiting fetched", story.Events(), StringComparison.Ordinal);

        await RollUpAsync(app);

        var pipeline = await PipelineAsync(app, "7d");
        Assert.Equal(7, pipeline.GetProperty("series").GetArrayLength());
        Assert.Equal((1, 1), (Sum(pipeline.GetProperty("series").EnumerateArray(), "received"), Sum(pipeline.GetProperty("series").EnumerateArray(), "delivered")));
    }

    [Fact]
    public async Task Postbacks_are_counted_by_the_last_word_and_payouts_by_currency()
    {
        await using var app = await StartAsync();
        for (var id = 1; id <= 3; id++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(id));
            using var answer = await app.SendWebhookAsync(id);
            await app.WaitForAsync("lead", id, "Delivered");
        }

        await PostbackAsync(app, "subid1=lead-1&status=approved&summ_approved=100.50&currency=RUB");
        await PostbackAsync(app, "subid1=lead-1&status=approved&summ_approved=120.50&currency=RUB");
        await PostbackAsync(app, "subid1=lead-2&status=approved&summ_approved=7&currency=USD");
        await RollUpAsync(app);
        await PostbackAsync(app, "subid1=lead-2&status=declined");
        await PostbackAsync(app, "subid1=lead-3&status=trash");
        await RollUpAsync(app);

        var postbacks = (await PipelineAsync(app, "30d")).GetProperty("postbacks");
        Assert.Equal((1, 1, 1), (postbacks.GetProperty("approved").GetInt32(), postbacks.GetProperty("declined").GetInt32(), postbacks.GetProperty("trash").GetInt32()));
        var payout = Assert.Single(postbacks.GetProperty("payouts").EnumerateArray());
        Assert.Equal(("RUB", 120.50m), (payout.Text("currency"), payout.GetProperty("sum").GetDecimal()));
    }

    [Fact]
    public async Task A_metric_event_that_cannot_be_read_does_not_stop_the_others()
    {
        await using var app = await StartAsync();
        app.Uon.Leads.Put(UonRecord.Lead(4));
        (await app.SendWebhookAsync(4)).Dispose();
        await app.WaitForAsync("lead", 4, "Delivered");
        var hour = TimeProvider.System.GetUtcNow().ToString("yyyyMMddHH", System.Globalization.CultureInfo.InvariantCulture);
        await app.Journal.AddEntityAsync(new TableEntity("main|lead", $"h|{hour}|000000000000000000|broken|1") { ["Event"] = 7 });

        await RollUpAsync(app);

        Assert.Equal(1, Sum((await PipelineAsync(app, "24h")).GetProperty("series").EnumerateArray(), "delivered"));
    }

    [Theory]
    [InlineData("range=1y")]
    [InlineData("pipeline=nobody")]
    public async Task A_question_that_makes_no_sense_is_refused(string query)
    {
        await using var app = await StartAsync();
        using var answer = await app.Http.GetAsync($"overview?{query}");
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private Task<PipelineApp> StartAsync() =>
        PipelineApp.StartAsync(azurite, ("Pipelines:main:Postback:Secret", PostbackSecret));

    /// <summary>Rolls up, twice at the same time, until no metric event is left.</summary>
    private static async Task RollUpAsync(PipelineApp app)
    {
        using var timeout = new CancellationTokenSource(TestTimeouts.Operation);
        var rollUps = Enumerable.Range(0, 2).Select(_ => new HourlyRollUp(
            new JournalTable(new TableServiceClient(app.Storage)), app.Services.GetRequiredService<PipelineRegistry>(), TimeProvider.System, NullLogger<HourlyRollUp>.Instance)).ToList();
        do
        {
            await Task.WhenAll(rollUps.Select(rollUp => rollUp.RollUpAsync(timeout.Token)));
        }
        while (app.Journal.Query<TableEntity>("RowKey ge 'h|' and RowKey lt 'h|~'", cancellationToken: timeout.Token).Any());
    }

    private static async Task PostbackAsync(PipelineApp app, string query)
    {
        using var answer = await app.Http.GetAsync($"offerum/main/{PostbackSecret}/postback?{query}");
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static async Task<JsonElement> PipelineAsync(PipelineApp app, string range) =>
        Assert.Single((await app.Http.GetFromJsonAsync<JsonElement>($"overview?range={range}&pipeline=main")).GetProperty("pipelines").EnumerateArray());

    private static int Number(JsonElement pipeline, string group, string name) => pipeline.GetProperty(group).GetProperty(name).GetInt32();

    private static int Sum(IEnumerable<JsonElement> series, string name) => series.Sum(step => step.GetProperty(name).GetInt32());
}
