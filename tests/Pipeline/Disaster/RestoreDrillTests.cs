using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Backup;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Simulators;
using UonOfferum.Tests.Pipeline.Chaos;

namespace UonOfferum.Tests.Pipeline.Disaster;

/// <summary>The drill of docs/disaster.md: the account is lost, its export is imported into another, the app goes on.</summary>
public sealed class RestoreDrillTests(AzuriteFixture azurite) : IDisposable
{
    private const int Sold = 5;
    private const int Late = 6;
    private const int Doubtful = 7;

    private readonly string _folder = Directory.CreateTempSubdirectory("backup-").FullName;

    [SlowFact]
    public async Task After_export_wipe_and_import_work_goes_on_and_nothing_sells_twice()
    {
        await using var app = await StartAsync();
        var first = UonRecord.Lead(1);
        app.Uon.Leads.Put(first);
        await BeforeAsync(app);

        var restored = await MoveAsync(app, pause: false);

        // U-ON calls again for everything it ever told.
        foreach (var id in Enumerable.Range(1, Doubtful))
        {
            (await app.SendWebhookAsync(id)).Dispose();
        }

        await using var later = app.ServicesBy(new LaterTime(TimeSpan.FromHours(2)));
        await later.Provider.GetRequiredService<Sweeper>().RunAsync(CancellationToken.None);
        await app.WaitForAsync("lead", Late, "Delivered");
        foreach (var id in Enumerable.Range(1, Sold))
        {
            await app.WaitForAsync($"main/lead/{id}", story => story.State() == "Delivered" && Count(story, "webhook") == 2, "stay Delivered and note the second webhook");
        }

        Assert.Equal("Uncertain", (await app.OperationAsync("lead", Doubtful))!.Value.State());
        var found = await app.Http.GetFromJsonAsync<JsonElement>($"operations?phone={Uri.EscapeDataString(first.E164!)}");
        Assert.Contains(found.GetProperty("items").EnumerateArray(), item => item.GetProperty("recordId").GetString() == "1");
        Assert.All(app.Offerum.AcceptedBySubId(), orders => Assert.True(orders.Value == 1, $"{orders.Key} was sold {orders.Value} times."));
        Assert.Equal(Sold + 1, app.Offerum.AcceptedBySubId().Count);
        Assert.NotEqual(app.Storage, restored);
    }

    [SlowFact]
    public async Task An_import_that_pauses_sends_nothing_until_an_operator_resumes()
    {
        await using var app = await StartAsync();
        app.Uon.Leads.Put(UonRecord.Lead(1));
        await BeforeAsync(app);
        await MoveAsync(app, pause: true);
        app.Uon.Leads.Put(UonRecord.Lead(50));

        (await app.SendWebhookAsync(50)).Dispose();
        await app.WaitForAsync("lead", 50, "Held");
        using var resumed = await app.Http.PostAsync("pipelines/main/resume", content: null);

        resumed.EnsureSuccessStatusCode();
        await app.WaitForAsync("lead", 50, "Delivered");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<PipelineApp> StartAsync() => PipelineApp.StartAsync(
        azurite,
        ("Pipelines:main:Offerum:Uncertain", "hold"),
        ("Pipelines:main:Offerum:SamePerson", "30.00:00:00"),
        ("Pipelines:main:Uon:WaitFor", "01:00:00,01:00:00"));

    /// <summary>Some are sold, one waits for its record, one is in doubt.</summary>
    private static async Task BeforeAsync(PipelineApp app)
    {
        foreach (var id in Enumerable.Range(2, Sold - 1).Append(Doubtful))
        {
            app.Uon.Leads.Put(UonRecord.Lead(id));
        }

        app.Offerum.ForSubId($"lead-{Doubtful}").Set(OfferumReplyKind.ServerError);
        foreach (var id in Enumerable.Range(1, Doubtful))
        {
            (await app.SendWebhookAsync(id)).Dispose();
        }

        foreach (var id in Enumerable.Range(1, Sold))
        {
            await app.WaitForAsync("lead", id, "Delivered");
        }

        await app.WaitForAsync("lead", Late, "Waiting");
        await app.WaitForAsync("lead", Doubtful, "Uncertain");
        app.Uon.Leads.Put(UonRecord.Lead(Late));
        app.Offerum.ForSubId($"lead-{Doubtful}").Set(OfferumReplyKind.Ok);
    }

    /// <summary>The account is lost with its queues; what is left is the file.</summary>
    private async Task<string> MoveAsync(PipelineApp app, bool pause)
    {
        var file = Path.Combine(_folder, "journal.jsonl");
        var rows = await new TableExport(new TableServiceClient(app.Storage), TimeProvider.System).RunAsync(file, CancellationToken.None);
        Assert.True(rows > 20);
        await app.StopHostAsync();

        var other = azurite.NewAccount();
        await new TableImport(new TableServiceClient(other), TimeProvider.System).RunAsync(file, ExistingRows.Refuse, pause, CancellationToken.None);
        app.Set("AzureWebJobsStorage", other);
        await app.StartHostAsync();
        return other;
    }

    private static int Count(JsonElement story, string name) => story.GetProperty("events").EnumerateArray().Count(e => e.GetProperty("name").GetString() == name);
}
