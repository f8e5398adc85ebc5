using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Orders;

/// <summary>The setting <c>hold</c> applies to what was scheduled, or held at a circuit breaker, before it was set.</summary>
public sealed class HoldTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Id = new("main", RecordKind.Lead, 1);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("hold", DeliveryState.UncertainResending, false, DeliveryState.Uncertain, 0, 1)]
    [InlineData("hold", DeliveryState.Enriched, false, DeliveryState.Uncertain, 0, 1)]
    [InlineData("hold", DeliveryState.Enriched, true, DeliveryState.Waiting, 1, 0)]
    [InlineData("resend", DeliveryState.UncertainResending, false, DeliveryState.UncertainResending, 1, 0)]
    [InlineData("resend", DeliveryState.Enriched, false, DeliveryState.UncertainResending, 1, 0)]
    public async Task What_may_have_arrived_is_sent_under_hold_only_if_an_operator_chose_to(
        string uncertain, DeliveryState from, bool isApproved, DeliveryState state, int sends, int poisoned)
    {
        await using var services = PipelineServices.Offline(azurite.NewAccount(), _time, ["main"], ("Pipelines:main:Offerum:Uncertain", uncertain));
        var entry = await services.JournalAsync(Id, new Delivery
        {
            Destination = "offerum",
            State = from,
            MayHaveArrived = true,
            ResendApproved = isApproved,
            Attempt = 2,
            NextTryAt = _time.Now,
        });

        await services.Get<DeliveryStage>().RunAsync(services.Get<OfferumDestination>(), Outbox.Message(entry.Operation, 2), None);

        var delivery = (await services.Get<JournalStore>().ReadAsync(Id, None))!.Operation.Deliveries[0];
        Assert.Equal((state, sends, true), (delivery.State, delivery.Sends, delivery.MayHaveArrived));
        Assert.Equal(isApproved, delivery.ResendApproved);
        Assert.Equal(poisoned, (await services.Get<StageQueues>().DepthAsync("offerum-orders-poison", None)).Messages);
    }
}
