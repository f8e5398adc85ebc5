using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace UonOfferum.Tests.Pipeline.Jobs;

public sealed class JobApiTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private readonly PipelineApp _app = shared.App;

    [Fact]
    public async Task The_jobs_of_the_contract_are_listed_with_their_next_run()
    {
        var items = await ItemsAsync();

        Assert.Equal(
            ["reconcile", "sweep", "breakers", "replays", "alerts", "rollup", "retention", "backlog", "hooks"],
            items.Select(item => item.GetProperty("name").GetString()!));
        Assert.All(items, item => Assert.True(item.GetProperty("next").GetDateTimeOffset() > DateTimeOffset.UnixEpoch));
        Assert.All(items, item => Assert.True(item.TryGetProperty("lastRun", out _) && item.TryGetProperty("duration", out _) && item.TryGetProperty("error", out _)));
    }

    [Fact]
    public async Task A_job_runs_now_once_and_says_how_it_went()
    {
        using var answer = await _app.Http.PostAsync("jobs/retention/run", content: null);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("asked").GetBoolean());
        var job = await WaitAsync("retention", item => item.GetProperty("lastRun").ValueKind == JsonValueKind.String && !item.GetProperty("asked").GetBoolean());
        Assert.Equal(JsonValueKind.Null, job.GetProperty("error").ValueKind);
        Assert.True(job.GetProperty("duration").GetDouble() >= 0);
        Assert.True(job.GetProperty("next").GetDateTimeOffset() > job.GetProperty("lastRun").GetDateTimeOffset());
    }

    [Fact]
    public async Task What_is_no_job_is_a_404_that_names_the_jobs()
    {
        using var answer = await _app.Http.PostAsync("jobs/coffee/run", content: null);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("sweep", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>The host's own admin address still runs the timer, and the timer the jobs.</summary>
    [Fact]
    public async Task The_timer_runs_what_is_due_by_itself() =>
        await WaitAsync("breakers", item => item.GetProperty("lastRun").ValueKind == JsonValueKind.String);

    private Task<JsonElement> WaitAsync(string name, Func<JsonElement, bool> wanted) =>
        Eventually.GetAsync(async () => (await ItemsAsync()).Single(item => item.GetProperty("name").GetString() == name), wanted);

    private async Task<List<JsonElement>> ItemsAsync() =>
        [.. (await _app.Http.GetFromJsonAsync<JsonElement>("jobs")).GetProperty("items").EnumerateArray()];
}
