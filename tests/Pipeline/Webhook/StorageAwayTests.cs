using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.LocalHost.Storage;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Webhook;

public sealed class StorageAwayTests(AzuriteFixture azurite) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("azurite-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SlowFact]
    public async Task Nothing_is_accepted_without_storage_and_nothing_is_missing_after()
    {
        var first = await AzuriteProcess.StartAsync(_folder, new AzuriteOptions(EndsWithThisProcess: true));
        await using var app = await PipelineApp.StartAsync(azurite, new PipelineAppSetup { Storage = first.ConnectionString });
        app.Uon.Leads.Put(UonRecord.Lead(1));
        app.Uon.Leads.Put(UonRecord.Lead(2).CompletesAfter(TimeSpan.FromSeconds(3)));
        await HealthIsAsync(app, HttpStatusCode.OK, "healthy");
        using var before = await app.SendWebhookAsync(2);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        await first.DisposeAsync();
        using var refused = await app.SendWebhookOnceAsync(1);
        await HealthIsAsync(app, HttpStatusCode.ServiceUnavailable, "unhealthy");

        await SaysTryAgainAsync(refused, "safe to send this webhook again");
        using var listed = await app.Http.GetAsync("operations?take=1");
        await SaysTryAgainAsync(listed, "The storage account does not answer");
        using var replayed = await app.Http.PostAsJsonAsync("operations/main/lead/2/replay", new { from = "enrich" });
        await SaysTryAgainAsync(replayed, "look at it, then try again");

        await using var second = await AzuriteProcess.StartAsync(_folder, new AzuriteOptions(first.Ports, EndsWithThisProcess: true));
        await app.WaitForAsync("lead", 2, "Delivered");
        using var taken = await app.SendWebhookAsync(1);
        await app.WaitForAsync("lead", 1, "Delivered");
        await HealthIsAsync(app, HttpStatusCode.OK, "healthy");

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(2, app.Offerum.Accepted);
    }

    private static async Task SaysTryAgainAsync(HttpResponseMessage answer, string words)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(30), answer.Headers.RetryAfter?.Delta);
        Assert.Contains(words, (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("detail"), StringComparison.Ordinal);
    }

    private static async Task HealthIsAsync(PipelineApp app, HttpStatusCode status, string word) =>
        Assert.Equal($$"""{"status":"{{word}}"}""", await app.Http.HealthAsync(status));
}
