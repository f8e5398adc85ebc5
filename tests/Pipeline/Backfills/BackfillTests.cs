using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Backfills;

/// <summary>Records from before the switch-over, fetched on demand.</summary>
public sealed class BackfillTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task What_the_journal_does_not_know_is_counted_fetched_and_sold_once()
    {
        await using var app = await StartAsync(("Pipelines:main:Filter:0:Field", "source"), ("Pipelines:main:Filter:0:NotIn", "Спам"));
        for (var id = 1; id <= 105; id++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(id, Now.AddHours(-3)).With("source", id == 7 ? "Спам" : "Сайт агентства"));
        }

        app.Uon.Requests.Put(UonRecord.Request(500, Now.AddHours(-3)));
        (await app.SendWebhookAsync(1)).Dispose();
        await app.WaitForAsync("lead", 1, "Delivered");

        var preview = await SendAsync(app, "backfills/preview", Range("main"));
        while (preview.GetProperty("capped").GetBoolean())
        {
            // A count ends after 20 seconds, which a busy machine may need.
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            preview = await SendAsync(app, "backfills/preview", Range("main"));
        }

        Assert.Equal((106, 1, 105, 104, false), (Number(preview, "found"), Number(preview, "known"), Number(preview, "count"), Number(preview, "wouldPass"), preview.GetProperty("capped").GetBoolean()));
        Assert.Single(app.Offerum.Orders);

        var started = await SendAsync(app, "backfills", Range("main"), HttpStatusCode.Accepted);
        var done = await UntilAsync(app, started.Text("id")!, view => view.State() == "Done");
        await app.WaitUntilQuietAsync();

        Assert.Equal((105, 1), (Number(done, "done"), Number(done, "known")));
        Assert.All(Enumerable.Range(1, 105).Where(id => id != 7), id => Assert.Single(app.Offerum.Sent($"lead-{id}")));
        Assert.Empty(app.Offerum.Sent("lead-7"));
        Assert.Single(app.Offerum.Sent("request-500"));
        var story = (await app.OperationAsync("lead", 2))!.Value;
        Assert.Equal("reconciled", story.GetProperty("events")[0].Text("name"));
        Assert.Contains(started.Text("id")!, story.GetProperty("events")[0].Text("detail"), StringComparison.Ordinal);
        var again = await SendAsync(app, "backfills/preview", Range("main"));
        Assert.Equal(0, Number(again, "count"));
    }

    [Fact]
    public async Task A_backfill_is_paced_and_stops_when_it_is_cancelled()
    {
        await using var app = await StartAsync();
        for (var id = 1; id <= 50; id++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(id, Now.AddHours(-3)));
        }

        var started = await SendAsync(app, "backfills", Range("main", perMinute: 1), HttpStatusCode.Accepted);
        await UntilAsync(app, started.Text("id")!, view => Number(view, "done") > 0);
        using var cancelled = await app.Http.DeleteAsync($"backfills/{started.Text("id")}");
        var stopped = await cancelled.Content.ReadFromJsonAsync<JsonElement>();
        await app.RunJobAsync("replays");
        await app.WaitUntilQuietAsync();

        Assert.Equal("Cancelled", stopped.State());
        Assert.InRange(app.Offerum.Orders.Count, 1, 10);
        Assert.Equal(Number(stopped, "done"), Number(await app.Http.GetFromJsonAsync<JsonElement>($"backfills/{started.Text("id")}"), "done"));
    }

    [Theory]
    [InlineData("""{"pipeline":"nobody","from":"2026-11-01","to":"2026-11-02"}""", "There is no pipeline")]
    [InlineData("""{"pipeline":"main","from":"2026-11-02","to":"2026-11-01"}""", "must not be before from")]
    [InlineData("""{"pipeline":"main","from":"2024-01-01","to":"2026-01-01"}""", "at most 366 days")]
    [InlineData("""{"pipeline":"main","from":"2026-11-01"}""", "from and to must be days")]
    [InlineData("""{"pipeline":"main","from":"yesterday","to":"today"}""", "The body must be JSON")]
    [InlineData("""{"pipeline":"main","kind":"auto","from":"2026-11-01","to":"2026-11-02"}""", "kind must be lead or request")]
    [InlineData("""{"pipeline":"main","from":"2026-11-01","to":"2026-11-02","perMinute":0}""", "perMinute")]
    public async Task What_cannot_be_asked_is_refused_with_the_remedy(string body, string remedy)
    {
        await using var app = await StartAsync();

        using var answer = await app.Http.PostAsync("backfills", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(remedy, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<PipelineApp> StartAsync(params (string Key, string? Value)[] settings) =>
        PipelineApp.StartAsync(azurite, [.. settings, ("Pipelines:main:Reconcile:Window", "0")]);

    private static object Range(string pipeline, int perMinute = 6000) => new
    {
        pipeline,
        from = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(-2),
        to = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(1),
        perMinute,
    };

    private static async Task<JsonElement> SendAsync(PipelineApp app, string route, object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await app.PostAsync(route, body);
        Assert.True(answer.StatusCode == expected, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<JsonElement> UntilAsync(PipelineApp app, string id, Func<JsonElement, bool> wanted) => Eventually.GetAsync(
        async () =>
        {
            await app.RunJobAsync("replays");
            return await app.Http.GetFromJsonAsync<JsonElement>($"backfills/{id}");
        },
        wanted,
        TimeSpan.FromMilliseconds(200));

    private static int Number(JsonElement view, string name) => view.GetProperty(name).GetInt32();
}
