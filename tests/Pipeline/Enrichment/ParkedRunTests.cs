using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;
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
        (string Key, string? Value)[] settings =
        [
            ("AzureWebJobsStorage", azurite.NewAccount()), ("Pipelines:main:Webhook:Secret", PipelineApp.Secret),
            ("Pipelines:main:Uon:ApiKey", "key"), ("Pipelines:main:Uon:BaseAddress", "http://127.0.0.1:9/"),
            ("Pipelines:main:Offerum:ApiKey", "key"), ("Pipelines:main:Offerum:Flow", "zkVz"), ("Pipelines:main:Offerum:BaseAddress", "http://127.0.0.1:9/"),
        ];
        await using var services = new PipelineServices(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)), _time);
        T Get<T>() where T : notnull => services.Provider.GetRequiredService<T>();
        var main = Get<PipelineCatalog>().Get("main");
        Assert.NotNull(await Get<JournalStore>().InsertAsync(
            new Operation
            {
                Id = Id,
                Run = RunId.New(_time),
                Attempt = 2,
                Enrichment = EnrichmentState.Enriched,
                ReceivedAt = _time.Now,
                UpdatedAt = _time.Now,
                Fields = RecordFields.Empty.With([new("phone", "+79000000001")]),
                Deliveries = [new Delivery { Destination = "offerum", State = DeliveryState.Rejected, Attempt = 2 }],
            },
            None));
        var breaker = new CircuitBreakerState(CircuitBreakerState.Uon, true, "uon-denied", "Wrong key.", _time.Now, null, 0);
        await Get<CircuitBreakerStore>().OpenAsync("main", breaker, None);

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
        await Get<RecordEnricher>().RunAsync(announced, redelivered: true);
        await Get<HeldOperations>().ReleaseAsync(main, by: null, None);

        Assert.Equal(0, await Messages());
        Assert.Equal(OperationState.Rejected, (await Get<JournalStore>().ReadAsync(Id, None))!.Operation.State);
        Assert.Empty(await Get<OperationSearch>().FindAsync(new OperationQuery { State = OperationState.Held }, None));

        await Get<CircuitBreakerStore>().ChangeAsync("main", breaker, b => CircuitBreakerState.Closed(b.Name), None);
        await Get<HeldOperations>().ReleaseAsync(main, by: null, None);
        await Get<HeldOperations>().ReleaseAsync(main, by: null, None);

        Assert.Equal(1, await Messages());
        Assert.Null((await Get<JournalStore>().ReadAsync(Id, None))!.Operation.Parked);
        var message = Assert.Single((await Get<QueueServiceClient>().GetQueueClient("uon-records").PeekMessagesAsync(5, None)).Value);
        Assert.Equal(announced.Run, StageMessageJson.Read(message.Body, out _)?.Run);

        async Task<int> Messages() => (await Get<StageQueues>().DepthAsync("uon-records", None)).Messages;
    }
}
