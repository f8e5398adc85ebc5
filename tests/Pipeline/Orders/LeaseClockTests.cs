using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Orders;

/// <summary>The lease of a claim runs by the storage's clock, not by the clock of the instance that wrote it or reads it.</summary>
public sealed class LeaseClockTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Id = new("main", RecordKind.Lead, 1);

    private readonly ManualTime _sender = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly ManualTime _reader = new(new DateTimeOffset(2026, 3, 2, 10, 10, 0, TimeSpan.Zero));

    [Fact]
    public async Task An_instance_whose_clock_is_ahead_leaves_an_order_in_flight_alone()
    {
        var storage = azurite.NewAccount();
        var sending = await ClaimAsync(storage, TimeSpan.FromHours(1));

        await using var ahead = PipelineServices.Offline(storage, _reader, ["main"]);
        await ahead.Get<DeliveryStage>().RunAsync(ahead.Get<OfferumDestination>(), Outbox.Message(sending, 2), None);

        var left = (await ahead.Get<JournalStore>().ReadClaimAsync(Id, "offerum", None))!.LeaseUntil - _reader.Now;
        Assert.InRange(left, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(61));
        Assert.Equal(DeliveryState.Sending, (await ahead.Get<JournalStore>().ReadAsync(Id, None))!.Operation.Deliveries[0].State);
    }

    [Fact]
    public async Task A_claim_without_a_length_ends_when_its_writer_said()
    {
        var storage = azurite.NewAccount();
        var sending = await ClaimAsync(storage, lease: null);

        await using var ahead = PipelineServices.Offline(storage, _reader, ["main"]);
        await ahead.Get<DeliveryStage>().RunAsync(ahead.Get<OfferumDestination>(), Outbox.Message(sending, 2), None);

        Assert.Equal(DeliveryState.UncertainResending, (await ahead.Get<JournalStore>().ReadAsync(Id, None))!.Operation.Deliveries[0].State);
    }

    [Fact]
    public async Task An_order_in_flight_without_its_claim_is_uncertain()
    {
        await using var services = PipelineServices.Offline(azurite.NewAccount(), _sender, ["main"], ("Pipelines:main:Offerum:Uncertain", "hold"));
        var restored = await services.JournalAsync(Id, new Delivery { Destination = "offerum", State = DeliveryState.Sending, Attempt = 2, Sends = 3 });

        await services.Get<DeliveryStage>().RunAsync(services.Get<OfferumDestination>(), Outbox.Message(restored.Operation, 2), None);

        Assert.Equal(DeliveryState.Uncertain, (await services.Get<JournalStore>().ReadAsync(Id, None))!.Operation.Deliveries[0].State);
        var claim = await services.Get<JournalStore>().ReadClaimAsync(Id, "offerum", None);
        Assert.Equal((ClaimResult.Uncertain, 3), (claim?.Result, claim?.Sends));
    }

    /// <summary>A process claims the order and is sending it.</summary>
    private async Task<Operation> ClaimAsync(string storage, TimeSpan? lease)
    {
        await using var services = PipelineServices.Offline(storage, _sender, ["main"]);
        var entry = await services.JournalAsync(Id, new Delivery { Destination = "offerum", State = DeliveryState.Enriched, Attempt = 2 });
        var sending = entry.Operation.With(entry.Operation.Deliveries[0] with { State = DeliveryState.Sending, Sends = 1 });
        var claim = new Claim { Destination = "offerum", Owner = "0123456789abcdef", LeaseUntil = _sender.Now.AddMinutes(1), Lease = lease, Sends = 1 };
        Assert.NotNull(await services.Get<JournalStore>().UpdateAsync(entry, sending, claim, None));
        return sending;
    }
}
