using System.Net;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline;

/// <summary>A pipeline whose settings cannot be used leaves the others alone, and loses nothing.</summary>
public sealed class InvalidPipelineTests(AzuriteFixture azurite)
{
    private const string Broken = "broken";

    [Fact]
    public async Task The_others_sell_and_its_own_cabinet_is_told_to_come_back()
    {
        await using var app = await StartAsync(("Pipelines:broken:Uon:Record", "offer"));
        app.Uon.Leads.Put(UonRecord.Lead(1));

        using var refused = await app.SendWebhookOnceAsync(2, pipeline: Broken);
        using var stranger = await app.Http.GetAsync("uon/broken/not-the-secret-of-this-pipeline?r_id=1");
        using var accepted = await app.SendWebhookAsync(1);
        await app.WaitForAsync("lead", 1, "Delivered");
        var health = await app.Http.HealthAsync(HttpStatusCode.OK);
        using var list = await app.Http.GetAsync("operations?pipeline=broken");
        using var pause = await app.PostAsync("pipelines/broken/pause", new { });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal("""{"status":"healthy"}""", health);
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, pause.StatusCode);
    }

    [SlowFact]
    public async Task Its_messages_wait_without_an_attempt_until_the_settings_are_fixed()
    {
        await using var app = await StartAsync(("Pipelines:broken:Uon:Record", "offer"));
        app.Uon.Leads.Put(UonRecord.Lead(7));
        await app.Queue(QueueNames.UonRecords).CreateIfNotExistsAsync();
        await app.Queue(QueueNames.UonRecords).SendMessageAsync(StageMessageJson.Write(new StageMessage
        {
            Pipeline = Broken,
            Kind = RecordKind.Lead,
            Id = 7,
            Run = RunId.New(TimeProvider.System),
            Attempt = 1,
        }));
        await app.WaitForHiddenAsync(QueueNames.UonRecords);
        Assert.Null(await app.OperationAsync("lead", 7, Broken));

        await app.StopHostAsync();
        app.Set("Pipelines:broken:Uon:Record", "lead");
        await app.StartHostAsync();

        var story = await app.WaitForAsync("broken/lead/7", "Delivered");
        Assert.Equal(2, story.GetProperty("attempt").GetInt32());
        Assert.Single(app.Offerum.Sent("lead-7"));
    }

    private Task<PipelineApp> StartAsync(params (string Key, string? Value)[] settings) =>
        PipelineApp.StartAsync(azurite, new PipelineAppSetup { Pipelines = [PipelineApp.Name, Broken], Settings = settings });
}
