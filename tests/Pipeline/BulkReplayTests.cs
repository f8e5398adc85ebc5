using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline;

public sealed class BulkReplayTests(AzuriteFixture azurite)
{
    private const int Leads = 60;

    [Fact]
    public async Task Failures_of_one_cause_are_replayed_at_a_pace_and_none_is_sent_twice()
    {
        await using var app = await FailedLeadsAsync();

        var preview = await PostAsync(app, "replays/preview", new { query = new { state = "Rejected" }, from = "send" });
        Assert.Equal(Leads, preview.GetProperty("count").GetInt32());

        var replay = await PostAsync(app, "replays", new { query = new { state = "Rejected" }, from = "send", perMinute = 6000, by = "Анна" });
        var id = replay.GetProperty("id").GetString();
        Assert.Equal(Leads, replay.GetProperty("total").GetInt32());

        var done = await UntilAsync(app, id, view => view.GetProperty("state").GetString() == "Done");
        Assert.Equal(Leads, done.GetProperty("done").GetInt32());
        await AllDeliveredAsync(app);
        Assert.All(app.Offerum.AcceptedBySubId(), orders => Assert.Equal(1, orders.Value));
        Assert.Contains("Анна", (await app.OperationAsync("lead", 1))!.Value.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_replay_leaves_the_rest_to_a_second_one()
    {
        await using var app = await FailedLeadsAsync();
        var replay = await PostAsync(app, "replays", new { query = new { state = "Rejected" }, from = "send", perMinute = 1 });
        var id = replay.GetProperty("id").GetString();
        await UntilAsync(app, id, view => view.GetProperty("done").GetInt32() == 3);

        using var cancelled = await app.Http.DeleteAsync($"replays/{id}");
        Assert.Equal("Cancelled", (await cancelled.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString());
        await app.RunJobAsync("replays");

        var preview = await PostAsync(app, "replays/preview", new { query = new { state = "Rejected" }, from = "send" });
        Assert.Equal(Leads - 3, preview.GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("""{"from":"sideways"}""")]
    [InlineData("""{"from":"send","query":{"state":"Delivered"}}""")]
    [InlineData("""{"from":"send","query":{"state":"Rejected,Uncertain"}}""")]
    [InlineData("""{"from":"send","perMinute":0}""")]
    [InlineData("""{"from":"send","query":{"pipeline":"nobody"}}""")]
    [InlineData("""{"from":"send","query":{"state":"Uncertain","text":"48213"}}""")]
    [InlineData("""{"from":"send","pipeline":"main","state":"Uncertain"}""")]
    [InlineData("not json")]
    public async Task A_replay_that_cannot_be_is_refused_with_a_remedy(string body)
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        using var answer = await app.Http.PostAsync("replays", new StringContent(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Leads that the network refused while it had a bad day, which is over.</summary>
    private async Task<PipelineApp> FailedLeadsAsync()
    {
        var app = await PipelineApp.StartAsync(azurite);
        app.Offerum.Replies.Set(OfferumReplyKind.NameError);
        for (var id = 1; id <= Leads; id++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(id));
            using var answer = await app.SendWebhookAsync(id);
            answer.EnsureSuccessStatusCode();
        }

        for (var id = 1; id <= Leads; id++)
        {
            await app.WaitForAsync("lead", id, "Rejected");
        }

        app.Offerum.Replies.Clear();
        return app;
    }

    private static async Task AllDeliveredAsync(PipelineApp app)
    {
        for (var id = 1; id <= Leads; id++)
        {
            await app.WaitForAsync("lead", id, "Delivered");
        }
    }

    private static Task<JsonElement> UntilAsync(PipelineApp app, string? id, Func<JsonElement, bool> wanted) => Eventually.GetAsync(
        async () =>
        {
            await app.RunJobAsync("replays");
            return await app.Http.GetFromJsonAsync<JsonElement>($"replays/{id}");
        },
        wanted,
        TimeSpan.FromMilliseconds(200));

    private static async Task<JsonElement> PostAsync(PipelineApp app, string path, object body)
    {
        using var answer = await app.Http.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
