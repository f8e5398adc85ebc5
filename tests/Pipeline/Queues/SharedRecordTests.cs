using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline.Queues;

/// <summary>A record of one cabinet is one order in an account, also while another pipeline of the account cannot be asked.</summary>
public sealed class SharedRecordTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId First = new("first", RecordKind.Lead, 1);
    private static readonly OperationId Second = new("second", RecordKind.Lead, 1);
    private static readonly string[] Both = ["first", "second"];

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly string _storage = azurite.NewAccount();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_pipeline_sold_is_not_sold_by_another_after_its_settings_are_gone_or_wrong(bool isGone)
    {
        await using (var with = await ServicesAsync(Both))
        {
            var tried = await SendAsync(with, await with.JournalAsync(First, Delivery(DeliveryState.Enriched)));
            Assert.Equal((DeliveryState.Waiting, 1), (tried.Operation.Deliveries[0].State, tried.Operation.Deliveries[0].Sends));
            await PutAsync(with, tried, tried.Operation.With(tried.Operation.Deliveries[0] with { State = DeliveryState.Delivered, NextTryAt = null, Error = null }));
        }

        await using var without = isGone ? await ServicesAsync(["second"]) : await ServicesAsync(Both, ("Pipelines:first:Offerum:Flow", null));
        var other = (await SendAsync(without, await without.JournalAsync(Second, Delivery(DeliveryState.Enriched)))).Operation.Deliveries[0];

        Assert.Equal((DeliveryState.Skipped, ErrorCodes.SameRecord, 0), (other.State, other.Error?.Code, other.Sends));
    }

    [Fact]
    public async Task A_skipped_delivery_waits_for_its_owner_while_the_record_is_fetched_for_another_destination()
    {
        await using var services = await ServicesAsync(Both);
        await services.JournalAsync(First, Delivery(DeliveryState.Rejected));
        var skipped = Delivery(DeliveryState.Skipped) with { Error = new OperationError(ErrorCodes.SameRecord, "Why.", "offerum") };
        var waiter = await services.JournalAsync(Second, skipped, Delivery(DeliveryState.Failed, "telegram"));
        waiter = await PutAsync(services, waiter, waiter.Operation with { Enrichment = EnrichmentState.Waiting, FetchFor = ["telegram", "offerum"] });
        await services.Get<SkippedWaits>().KeepAsync(new SkippedWait(First, "offerum", Second), None);

        // The running enrichment evaluates it, if it succeeds.
        await services.Get<SkippedDeliveries>().JudgeAsync(First, None);
        Assert.Single(await services.Get<SkippedWaits>().ListAsync(First, 10, None));

        await PutAsync(services, waiter, waiter.Operation with { FetchFor = ["telegram"] });
        await services.Get<SkippedDeliveries>().JudgeAsync(First, None);

        var after = (await services.Get<JournalStore>().ReadAsync(Second, None))!.Operation;
        Assert.Equal((DeliveryState.Enriched, DeliveryState.Failed, EnrichmentState.Waiting), (after.DeliveryTo("offerum")!.State, after.DeliveryTo("telegram")!.State, after.Enrichment));
        Assert.Empty(await services.Get<SkippedWaits>().ListAsync(First, 10, None));
    }

    private static Delivery Delivery(DeliveryState state, string destination = "offerum") => new() { Destination = destination, State = state, Attempt = 2 };

    private static async Task<JournalEntry> SendAsync(PipelineServices services, JournalEntry entry)
    {
        await services.Get<DeliveryStage>().RunAsync(services.Get<OfferumDestination>(), Outbox.Message(entry.Operation, 2), None);
        return (await services.Get<JournalStore>().ReadAsync(entry.Operation.Id, None))!;
    }

    private static async Task<JournalEntry> PutAsync(PipelineServices services, JournalEntry entry, Operation next) =>
        (await services.Get<JournalStore>().UpdateAsync(entry, next, null, None))!.Entry;

    private async Task<PipelineServices> ServicesAsync(string[] pipelines, params (string Key, string? Value)[] more)
    {
        var services = PipelineServices.Offline(_storage, _time, pipelines, more);
        await services.Get<PipelineRegistry>().RecordAsync(pipelines.ToHashSet(StringComparer.Ordinal), None, isComplete: true);
        return services;
    }
}
