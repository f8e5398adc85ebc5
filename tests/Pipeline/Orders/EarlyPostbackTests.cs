using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Orders;

/// <summary>A postback that is in the journal before the order's result is written proves that the order arrived, unless the reply is a definite one.</summary>
public sealed class EarlyPostbackTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Id = new("main", RecordKind.Lead, 1);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(DeliveryOutcome.Transient, true, DeliveryState.Delivered)]
    [InlineData(DeliveryOutcome.Uncertain, true, DeliveryState.Delivered)]
    [InlineData(DeliveryOutcome.Rejected, true, DeliveryState.Rejected)]
    [InlineData(DeliveryOutcome.Transient, false, DeliveryState.Waiting)]
    [InlineData(DeliveryOutcome.Uncertain, false, DeliveryState.UncertainResending)]
    public async Task It_decides_what_the_reply_leaves_open(DeliveryOutcome outcome, bool hasPostback, DeliveryState state)
    {
        await using var services = PipelineServices.Offline(azurite.NewAccount(), _time, ["main"]);
        var entry = await services.JournalAsync(Id, new Delivery { Destination = "offerum", State = DeliveryState.Enriched, Attempt = 2 });
        var order = new Order(services.Get<OfferumDestination>(), async () =>
        {
            if (hasPostback)
            {
                var now = (await services.Get<JournalStore>().ReadAsync(Id, None))!;
                Assert.NotNull(await services.Get<JournalStore>().NoteAsync(now, (now.Operation with { Postback = new Postback("approved", null, null, _time.Now) }).WithEvent(_time.Now, EventNames.Postback, "approved"), None));
            }

            return new DeliveryReply(outcome) { Detail = "As the test says" };
        });

        await services.Get<DeliveryStage>().RunAsync(order, Outbox.Message(entry.Operation, 2), None);

        var delivery = (await services.Get<JournalStore>().ReadAsync(Id, None))!.Operation.Deliveries[0];
        Assert.Equal((state, 1), (delivery.State, delivery.Sends));
        Assert.Equal(state == DeliveryState.UncertainResending, delivery.MayHaveArrived);
    }

    /// <summary>Offerum, except for what is sent.</summary>
    private sealed class Order(OfferumDestination offerum, Func<Task<DeliveryReply>> send) : IDestination
    {
        public string Name => offerum.Name;

        public string Queue => offerum.Queue;

        public bool Serves(UonOfferum.Shared.Configuration.Pipeline pipeline) => offerum.Serves(pipeline);

        public DeliveryPolicy Policy(UonOfferum.Shared.Configuration.Pipeline pipeline) => offerum.Policy(pipeline);

        public string Account(UonOfferum.Shared.Configuration.Pipeline pipeline) => offerum.Account(pipeline);

        public OrderPreview Preview(UonOfferum.Shared.Configuration.Pipeline pipeline, Operation operation) => offerum.Preview(pipeline, operation);

        public bool HasConfirmed(Operation operation) => offerum.HasConfirmed(operation);

        public Task<DeliveryReply> SendAsync(UonOfferum.Shared.Configuration.Pipeline pipeline, Operation operation, CancellationToken cancellationToken) => send();
    }
}
