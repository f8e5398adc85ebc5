using Azure.Storage.Queues;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Pipeline.Enrichment;

/// <summary>A corrected record that is announced while U-ON's circuit breaker is open.</summary>
public sealed class ParkedRunTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Id = new("main", RecordKind.Lead, 1);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task It_is_looked_at_when_the_breaker_closes_however_long_that_takes()
    {
        await using var services = PipelineServices.Offline(azurite.NewAccount(), _time, ["main"]);
        var main = services.Get<PipelineCatalog>().Get("main");
        await services.JournalAsync(Id, new Delivery { Destination = "offerum", State = DeliveryState.Rejected, Attempt = 2 });
        var breaker = new CircuitBreakerState(CircuitBreakerState.Uon, true, "uon-denied", "Wrong key.", _time.Now, null, 0);
        await services.Get<CircuitBreakerStore>().OpenAsync("main", breaker, None);

        _time.Now = _time.Now.AddMinutes(1);
        var announced = new StageMessage
        {
            Pipeline = "main",
            Kind = RecordKind.Lead,
            Id = 1,
            Run = RunId.New(_time),
            Attempt = 1,
            Webhook = new WebhookMetadata { ReceivedAt = _time.Now },
        };
        _time.Now = _time.Now.AddHours(3);
        await services.Get<RecordEnricher>().RunAsync(announced, redelivered: true);
        await services.Get<HeldOperations>().ReleaseAsync(main, by: null, None);

        Assert.Equal(0, await Messages());
        Assert.Equal(OperationState.Rejected, (await services.Get<JournalStore>().ReadAsync(Id, None))!.Operation.State);
        Assert.Empty(await services.Get<OperationSearch>().FindAsync(new OperationQuery { State = OperationState.Held }, None));

        await services.Get<CircuitBreakerStore>().ChangeAsync("main", breaker, b => CircuitBreakerState.Closed(b.Name), None);
        await services.Get<HeldOperations>().ReleaseAsync(main, by: null, None);
        await services.Get<HeldOperations>().ReleaseAsync(main, by: null, None);

        Assert.Equal(1, await Messages());
        Assert.Null((await services.Get<JournalStore>().ReadAsync(Id, None))!.Operation.Parked);
        var message = Assert.Single((await services.Get<QueueServiceClient>().GetQueueClient("uon-records").PeekMessagesAsync(5, None)).Value);
        Assert.Equal(announced.Run, StageMessageJson.Read(message.Body, out _)?.Run);

        async Task<int> Messages() => (await services.Get<StageQueues>().DepthAsync("uon-records", None)).Messages;
    }

    [Fact]
    public async Task It_is_not_forgotten_when_a_newer_run_began_without_a_fetch()
    {
        await using var services = PipelineServices.Offline(azurite.NewAccount(), _time, ["main"]);
        var parked = new ParkedRun(RunId.New(_time), new WebhookMetadata { ReceivedAt = _time.Now }, null);
        _time.Now = _time.Now.AddMinutes(1);
        var entry = await services.JournalAsync(Id, new Delivery { Destination = "offerum", State = DeliveryState.Rejected, Attempt = 2 });
        await services.Get<JournalStore>().UpdateAsync(entry, entry.Operation with { Parked = parked }, null, None);

        await services.Get<HeldOperations>().ReleaseAsync(services.Get<PipelineCatalog>().Get("main"), by: null, None);

        var message = Assert.Single((await services.Get<QueueServiceClient>().GetQueueClient("uon-records").PeekMessagesAsync(5, None)).Value);
        var run = StageMessageJson.Read(message.Body, out _)!.Run;
        Assert.True(RunId.Compare(run, entry.Operation.Run) > 0, $"{run} {entry.Operation.Run}");
    }
}
