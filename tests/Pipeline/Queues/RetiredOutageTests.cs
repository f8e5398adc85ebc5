using System.Text.RegularExpressions;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Pipeline.Queues;

/// <summary>The table service is down while a message of a pipeline that is not in the settings arrives: it waits, and is not given up.</summary>
public sealed partial class RetiredOutageTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Its_record_is_deferred()
    {
        await using var services = Services();

        await services.Get<RecordEnricher>().RunAsync(Message(), redelivered: false);

        Assert.Equal(1, (await services.Get<StageQueues>().DepthAsync(QueueNames.UonRecords, None)).Messages);
    }

    [Fact]
    public async Task Its_order_is_deferred()
    {
        await using var services = Services();

        await services.Get<DeliveryStage>().RunAsync(services.Get<OfferumDestination>(), Message(), None);

        Assert.Equal(1, (await services.Get<StageQueues>().DepthAsync("offerum-orders", None)).Messages);
    }

    private StageMessage Message() => new() { Pipeline = "gone", Kind = RecordKind.Lead, Id = 1, Run = RunId.New(_time), Attempt = 2 };

    private PipelineServices Services() => PipelineServices.Offline(TableEndpoint().Replace(azurite.NewAccount(), "TableEndpoint=http://127.0.0.1:9/"), _time, ["main"]);

    [GeneratedRegex("TableEndpoint=http://127.0.0.1:[0-9]+/", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TableEndpoint();
}
