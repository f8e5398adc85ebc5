using UonOfferum.Destinations.Http;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Limits;

/// <summary>A turn that is more than a minute away stands in the journal, so that the sweep does not take it for a lost message.</summary>
public sealed class LongTurnTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    // The sweep compares with the storage's clock how far a queue is behind.
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_long_wait_for_the_rate_limit_is_journaled_and_not_swept()
    {
        // One order in a hundred seconds.
        await using var services = PipelineServices.Offline(
            azurite.NewAccount(), _time, ["main"],
            ("Pipelines:main:Offerum:ApiKey", null), ("Pipelines:main:Offerum:Flow", null), ("Pipelines:main:Offerum:BaseAddress", null),
            ("Pipelines:main:Http:Url", "http://127.0.0.1:9/"), ("Pipelines:main:Http:Json:phone", "{phone}"), ("Pipelines:main:Http:RequestsPerSecond", "0.01"));

        Assert.Equal(1, (await DeliverAsync(services, 1)).Deliveries[0].Sends);
        // As old as a lost message.
        var waiting = await DeliverAsync(services, 2, journaledBefore: 2 * Sweeper.OverdueAfter);

        Assert.Equal(0, waiting.Deliveries[0].Sends);
        Assert.True(waiting.Deliveries[0].NextTryAt > _time.Now + TimeSpan.FromMinutes(1), $"{waiting.Deliveries[0].NextTryAt:u}");
        Assert.Equal(EventNames.Waiting, waiting.Events[^1].Name);
        var messages = await services.Get<StageQueues>().DepthAsync(HttpDestination.QueueName, None);
        Assert.Equal(0, await services.Get<Sweeper>().RunAsync(None));
        Assert.Equal(messages.Messages, (await services.Get<StageQueues>().DepthAsync(HttpDestination.QueueName, None)).Messages);
    }

    private async Task<Operation> DeliverAsync(PipelineServices services, long record, TimeSpan journaledBefore = default)
    {
        var id = new OperationId("main", RecordKind.Lead, record);
        _time.Now -= journaledBefore;
        var entry = await services.JournalAsync(id, new Delivery { Destination = HttpDestination.DestinationName, State = DeliveryState.Enriched, Attempt = 2 });
        _time.Now += journaledBefore;
        await services.Get<DeliveryStage>().RunAsync(services.Get<HttpDestination>(), Outbox.Message(entry.Operation, 2), None);
        return (await services.Get<JournalStore>().ReadAsync(id, None))!.Operation;
    }
}
