using UonOfferum.Simulators;
using UonOfferum.Simulators.Storage;

namespace UonOfferum.Tests.Pipeline.Costs;

/// <summary>A warm app whose storage requests are counted at the wire. Timers are off: their requests belong to no lead.</summary>
internal sealed class MeteredPipeline : IAsyncDisposable
{
    private MeteredPipeline(StorageMeter meter, PipelineApp app) => (Meter, App) = (meter, app);

    public StorageMeter Meter { get; }

    public PipelineApp App { get; }

    public static async Task<MeteredPipeline> StartAsync(AzuriteFixture azurite)
    {
        var meter = await StorageMeter.StartAsync(azurite.NewAccount(), CancellationToken.None);
        var app = await PipelineApp.StartAsync(
            azurite, [("AzureWebJobsStorage", meter.ConnectionString), ("AzureWebJobs.RunJobs.Disabled", "true")]);
        var pipeline = new MeteredPipeline(meter, app);

        // The first lead makes the table and the phone index's key.
        await pipeline.BillAsync(() => pipeline.DeliverAsync(1));
        return pipeline;
    }

    public Task<StorageBill> BillAsync(Func<Task> work) => Meter.BillAsync(work, CancellationToken.None);

    public async Task DeliverAsync(long id, int eventType = 1)
    {
        App.Uon.Leads.Put(UonRecord.Lead(id));
        await SendWebhookAsync(id, eventType);
    }

    public async Task SendWebhookAsync(long id, int eventType = 1)
    {
        using var answer = await App.SendWebhookAsync(id, eventType);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Meter.DisposeAsync();
    }
}
