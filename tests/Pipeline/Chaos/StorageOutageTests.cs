using System.Net;
using Microsoft.Extensions.Logging;
using UonOfferum.Simulators;
using UonOfferum.Simulators.Storage;
using UonOfferum.Tests.Pipeline.Secrecy;

namespace UonOfferum.Tests.Pipeline.Chaos;

/// <summary>A storage account that fails under load, seen through a proxy before it.</summary>
public sealed class StorageOutageTests(AzuriteFixture azurite)
{
    private const int Leads = 24;

    // Side by side, because most of the time is waiting: after a storage failure a message waits for half a minute.
    [SlowFact(Timeout = TestTimeouts.WholeTest)]
    public Task A_storage_outage_loses_nothing_accepted_and_accepts_nothing_meanwhile()
    {
        var ends = TestContext.Current.CancellationToken;
        return Task.WhenAll(
            PlayAsync(StorageFault.Refused, ends),
            PlayAsync(StorageFault.Slow, ends),
            PlayAsync(StorageFault.ServerError, ends),
            PlayAsync(StorageFault.ServerBusy, ends),
            PlayAsync(StorageFault.ReplyLost, ends));
    }

    [SlowFact(Timeout = TestTimeouts.WholeTest)]
    public async Task A_lost_reply_to_a_write_is_no_failure_and_no_second_order()
    {
        var ends = TestContext.Current.CancellationToken;
        using var overheard = new Overheard();
        await using var storage = await StorageMeter.StartAsync(azurite.NewAccount(), ends);
        await using var app = await StartAsync(storage, logging => logging.AddProvider(overheard));
        await storage.SetFaultAsync(StorageFault.FirstReplyLost, ends);

        for (var lead = 1; lead <= Leads; lead++)
        {
            using var answer = await app.SendWebhookAsync(lead);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await AllAreSoldOnceAsync(app, StorageFault.FirstReplyLost, ends);
        Assert.Equal(Leads, app.Offerum.Orders.Total);

        // An answer of our own taken for somebody else's would teach the circuit breakers nothing.
        Assert.DoesNotContain(overheard.Said, line => line.Contains("arrived after the claim had a result", StringComparison.Ordinal));
    }

    [Fact(Timeout = TestTimeouts.WholeTest)]
    public async Task A_webhook_that_the_queue_refuses_is_asked_for_again()
    {
        var ends = TestContext.Current.CancellationToken;
        await using var storage = await StorageMeter.StartAsync(azurite.NewAccount(), ends);
        await using var app = await StartAsync(storage);
        await storage.SetFaultAsync(StorageFault.Conflict, ends);

        using var refused = await app.SendWebhookOnceAsync(1);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        await storage.SetFaultAsync(null, ends);
    }

    private async Task PlayAsync(StorageFault fault, CancellationToken ends)
    {
        await using var storage = await StorageMeter.StartAsync(azurite.NewAccount(), ends);
        await using var app = await StartAsync(storage);
        for (var lead = 1; lead < Leads; lead++)
        {
            using var taken = await app.SendWebhookAsync(lead);
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        await app.Offerum.WaitForAcceptedAsync(Leads / 4, ends);
        await storage.SetFaultAsync(fault, ends);
        using (var refused = await app.SendWebhookOnceAsync(Leads))
        {
            Assert.True(refused.StatusCode == HttpStatusCode.ServiceUnavailable, $"{fault}: {refused.StatusCode}");
            Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        }

        await storage.SetFaultAsync(null, ends);
        using (var taken = await app.SendWebhookAsync(Leads))
        {
            Assert.True(taken.StatusCode == HttpStatusCode.OK, $"{fault}: {taken.StatusCode}");
        }

        await AllAreSoldOnceAsync(app, fault, ends);
    }

    private async Task<PipelineApp> StartAsync(StorageMeter storage, Action<ILoggingBuilder>? logging = null)
    {
        var app = await PipelineApp.StartAsync(azurite, new PipelineAppSetup
        {
            Storage = storage.ConnectionString,
            Logging = logging,
            Settings =
            [
                ($"Pipelines:{PipelineApp.Name}:Offerum:Uncertain", "hold"),
                ("LocalHost:MessageLock", "00:00:10"),
            ],
        });
        app.Offerum.FilterDuplicates = false;
        app.Offerum.Latency = TimeSpan.FromMilliseconds(300);
        for (var lead = 1; lead <= Leads; lead++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(lead));
        }

        return app;
    }

    private static async Task AllAreSoldOnceAsync(PipelineApp app, StorageFault fault, CancellationToken ends)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var lead = 1; lead <= Leads; lead++)
        {
            var story = await app.OperationAsync("lead", lead);
            while (story?.State() != "Delivered")
            {
                Assert.True(TimeProvider.System.GetElapsedTime(started) < TestTimeouts.Operation, $"{fault}: lead {lead} is {story}");
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, ends);
                story = await app.OperationAsync("lead", lead);
            }
        }

        Assert.Equal(Leads, app.Offerum.AcceptedBySubId().Count);
        Assert.All(app.Offerum.AcceptedBySubId(), orders => Assert.True(orders.Value == 1, $"{fault}: {orders.Value} orders of {orders.Key}"));
    }
}
