using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Queues;

/// <summary>A lead whose record or phone may be sold by an operation that cannot be read waits until it can be read.</summary>
public sealed class UnreadableOwnerTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId First = new("first", RecordKind.Lead, 1);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("second", 1, ErrorCodes.SameRecord, true)]
    [InlineData("second", 1, ErrorCodes.SameRecord, false)]
    [InlineData("first", 2, ErrorCodes.SamePerson, true)]
    public async Task It_waits_for_the_row_and_is_sent_if_that_was_refused(string pipeline, long record, string code, bool isOwner)
    {
        await using var services = await ServicesAsync();
        var before = await PutFirstAsync(services, isOwner);
        var row = await UnreadableRow.MakeAsync(services, First);
        var other = First with { Pipeline = pipeline, RecordId = record };

        var skipped = (await SendAsync(services, await services.JournalAsync(other, Enriched()))).Operation.Deliveries[0];

        Assert.Equal((DeliveryState.Skipped, code, 0), (skipped.State, skipped.Error?.Code, skipped.Sends));
        Assert.Contains("cannot read", skipped.Error!.Message, StringComparison.Ordinal);
        await services.Get<SkippedDeliveries>().ReevaluateAsync(null, None);
        Assert.Equal(DeliveryState.Skipped, await StateAsync(services, other));

        await row.RestoreAsync();
        await SetFirstAsync(services, before, DeliveryState.Rejected);
        await services.Get<SkippedDeliveries>().ReevaluateAsync(null, None);
        Assert.Equal(DeliveryState.Enriched, await StateAsync(services, other));
    }

    [Fact]
    public async Task It_stays_skipped_if_that_was_sold()
    {
        await using var services = await ServicesAsync();
        var before = await PutFirstAsync(services, isOwner: true);
        await SetFirstAsync(services, before, DeliveryState.Delivered);
        var row = await UnreadableRow.MakeAsync(services, First);
        var other = First with { Pipeline = "second" };
        await SendAsync(services, await services.JournalAsync(other, Enriched()));

        await row.RestoreAsync();
        await services.Get<SkippedDeliveries>().ReevaluateAsync(null, None);

        Assert.Equal(DeliveryState.Skipped, await StateAsync(services, other));
        Assert.Empty(await services.Get<SkippedWaits>().ListAsync(null, null, 10, None));
    }

    private static Delivery Enriched() => new() { Destination = "offerum", State = DeliveryState.Enriched, Attempt = 2 };

    /// <param name="services">The app's.</param>
    /// <param name="isOwner">Sent by this version; otherwise its order is only in its journal, as when it was the only pipeline of the account.</param>
    private static async Task<Operation> PutFirstAsync(PipelineServices services, bool isOwner) => isOwner
        ? (await SendAsync(services, await services.JournalAsync(First, Enriched()))).Operation
        : (await services.JournalAsync(First, Enriched() with { State = DeliveryState.Waiting, Sends = 1 })).Operation;

    private static async Task SetFirstAsync(PipelineServices services, Operation before, DeliveryState state)
    {
        var entry = (await services.Get<JournalStore>().ReadAsync(First, None))!;
        Assert.Equal(1, entry.Operation.Deliveries[0].Sends);
        Assert.NotNull(await services.Get<JournalStore>().UpdateAsync(entry, before.With(before.Deliveries[0] with { State = state, NextTryAt = null }), null, None));
    }

    private static async Task<DeliveryState> StateAsync(PipelineServices services, OperationId id) =>
        (await services.Get<JournalStore>().ReadAsync(id, None))!.Operation.Deliveries[0].State;

    private static async Task<JournalEntry> SendAsync(PipelineServices services, JournalEntry entry)
    {
        await services.Get<DeliveryStage>().RunAsync(services.Get<OfferumDestination>(), Outbox.Message(entry.Operation, 2), None);
        return (await services.Get<JournalStore>().ReadAsync(entry.Operation.Id, None))!;
    }

    private async Task<PipelineServices> ServicesAsync()
    {
        string[] both = ["first", "second"];
        var services = PipelineServices.Offline(azurite.NewAccount(), _time, both, both.Select(name => ($"Pipelines:{name}:Offerum:SamePerson", (string?)"30.00:00:00")));
        await services.Get<PipelineRegistry>().RecordAsync(both.ToHashSet(StringComparer.Ordinal), None, isComplete: true);
        return services;
    }
}
