using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators.Storage;

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
    public async Task A_sale_counts_for_others_after_its_pipeline_is_gone_or_invalid(bool isGone)
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

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    public async Task Nor_if_only_one_of_the_two_names_the_cabinet_by_its_number(string named)
    {
        var number = ($"Pipelines:{named}:Uon:CabinetId", "7");
        await using (var with = await ServicesAsync(Both, number))
        {
            var tried = await SendAsync(with, await with.JournalAsync(First, Delivery(DeliveryState.Enriched)));
            await PutAsync(with, tried, tried.Operation.With(tried.Operation.Deliveries[0] with { State = DeliveryState.Delivered, NextTryAt = null, Error = null }));
        }

        await using var without = named == "second" ? await ServicesAsync(["second"], number) : await ServicesAsync(["second"]);
        var other = (await SendAsync(without, await without.JournalAsync(Second, Delivery(DeliveryState.Enriched)))).Operation.Deliveries[0];

        Assert.Equal((DeliveryState.Skipped, ErrorCodes.SameRecord), (other.State, other.Error?.Code));
    }

    [Fact]
    public async Task An_order_of_before_that_is_undecided_is_waited_for()
    {
        // While it was the account's only pipeline, nobody noted its order.
        await using (var alone = await ServicesAsync(["first"]))
        {
            Assert.Equal(DeliveryState.Waiting, (await SendAsync(alone, await alone.JournalAsync(First, Delivery(DeliveryState.Enriched)))).Operation.Deliveries[0].State);
        }

        await using var both = await ServicesAsync(Both);
        var after = (await SendAsync(both, await both.JournalAsync(Second, Delivery(DeliveryState.Enriched)))).Operation.Deliveries[0];

        Assert.Equal((DeliveryState.Skipped, ErrorCodes.SameRecord), (after.State, after.Error?.Code));
        var wait = Assert.Single(await both.Get<SkippedWaits>().ListAsync(null, null, 10, None));
        Assert.Equal((First, Second), (wait.Owner, wait.Waiter));
    }

    [Theory]
    [InlineData("zkVz", false, 0)]
    [InlineData("another-flow", false, 1)]
    [InlineData("zkVz", true, 0)]
    public async Task A_sale_under_a_former_name_or_by_an_invalid_pipeline_is_found(string flow, bool isInvalid, int sends)
    {
        // It was the account's only pipeline, so no row names its order.
        await using (var alone = await ServicesAsync(["first"]))
        {
            await alone.JournalAsync(First, Delivery(DeliveryState.Delivered) with { Sends = 1 });
        }

        await using var renamed = isInvalid
            ? await ServicesAsync(Both, ("Pipelines:first:Offerum:Flow", null))
            : await ServicesAsync(["second"], ("Pipelines:second:Offerum:Flow", flow));
        var after = (await SendAsync(renamed, await renamed.JournalAsync(Second, Delivery(DeliveryState.Enriched)))).Operation.Deliveries[0];

        Assert.Equal((sends, sends == 0), (after.Sends, after.Error?.Code == ErrorCodes.SameRecord));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_row_whose_writer_looked_at_no_journal_hides_no_sale(bool isOwn)
    {
        string[] three = [.. Both, "third"];
        await using var services = await ServicesAsync(three);
        // The row names its writer, as after a process that died between the row and the other journals.
        var writer = isOwn ? Second : Second with { Pipeline = "third" };
        var tried = await SendAsync(services, await services.JournalAsync(writer, Delivery(DeliveryState.Enriched)));
        Assert.Equal(1, tried.Operation.Deliveries[0].Sends);
        tried = await PutAsync(services, tried, tried.Operation.With(Delivery(isOwn ? DeliveryState.Enriched : DeliveryState.Failed)));
        await services.JournalAsync(First, Delivery(DeliveryState.Delivered) with { Sends = 1 });

        var after = (await SendAsync(services, isOwn ? tried : await services.JournalAsync(Second, Delivery(DeliveryState.Enriched)))).Operation.Deliveries[0];

        Assert.Equal((DeliveryState.Skipped, ErrorCodes.SameRecord, 0), (after.State, after.Error?.Code, after.Sends));
        Assert.StartsWith("first/lead/1 ", after.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_skipped_delivery_whose_data_was_removed_is_not_sent_without_it()
    {
        await using var services = await ServicesAsync(["second"]);
        var entry = await services.JournalAsync(Second, Delivery(DeliveryState.Enriched));
        entry = await PutAsync(services, entry, entry.Operation with { Fields = RecordFields.Empty });

        var after = (await SendAsync(services, entry)).Operation.Deliveries[0];

        Assert.Equal((DeliveryState.Failed, ErrorCodes.NoPhone, 0), (after.State, after.Error?.Code, after.Sends));
        Assert.Equal(1, (await services.Get<StageQueues>().DepthAsync("offerum-orders-poison", None)).Messages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_its_data_what_may_have_arrived_stays_in_doubt(bool approved)
    {
        await using var services = await ServicesAsync(["second"]);
        var entry = await services.JournalAsync(Second, Delivery(DeliveryState.UncertainResending) with { MayHaveArrived = true, ResendApproved = approved, Sends = 1, NextTryAt = _time.Now });
        entry = await PutAsync(services, entry, entry.Operation with { Fields = RecordFields.Empty });

        var after = (await SendAsync(services, entry)).Operation.Deliveries[0];

        Assert.Equal((DeliveryState.Uncertain, ErrorCodes.Uncertain, 1, false), (after.State, after.Error?.Code, after.Sends, after.ResendApproved));
        Assert.Equal(1, (await services.Get<StageQueues>().DepthAsync("offerum-orders-poison", None)).Messages);
    }

    [Fact]
    public async Task Those_who_wait_are_listed_a_part_at_a_time()
    {
        await using var services = await ServicesAsync(Both);
        var waits = services.Get<SkippedWaits>();
        var all = Enumerable.Range(1, 3).Select(n => new SkippedWait(First with { RecordId = n }, "offerum", Second with { RecordId = n })).ToList();
        foreach (var wait in all)
        {
            await waits.KeepAsync(wait, None);
        }

        Assert.Equal(all[..2].Select(Key), (await waits.ListAsync(null, null, 2, None)).Select(Key));
        Assert.Equal(all[2..].Select(Key), (await waits.ListAsync(null, all[1], 2, None)).Select(Key));

        static (OperationId, string, OperationId) Key(SkippedWait wait) => (wait.Owner, wait.Destination, wait.Waiter);
    }

    [Fact]
    public async Task A_skipped_delivery_is_sent_although_the_reply_to_its_release_is_lost()
    {
        await using var storage = await StorageMeter.StartAsync(_storage, None);
        await using var services = PipelineServices.Offline(storage.ConnectionString, _time, Both);
        await services.JournalAsync(First, Delivery(DeliveryState.Rejected));
        await services.JournalAsync(Second, Delivery(DeliveryState.Skipped) with { Error = new OperationError(ErrorCodes.SameRecord, "Why.", "offerum") });
        await services.Get<SkippedWaits>().KeepAsync(new SkippedWait(First, "offerum", Second), None);
        await storage.SetFaultAsync(StorageFault.FirstReplyLost, None);

        await services.Get<SkippedDeliveries>().ReevaluateAsync(First, None);

        await storage.SetFaultAsync(null, None);
        // The storage client repeats the lost send, too.
        Assert.InRange((await services.Get<StageQueues>().DepthAsync("offerum-orders", None)).Messages, 1, 2);
        Assert.Equal(DeliveryState.Enriched, (await services.Get<JournalStore>().ReadAsync(Second, None))!.Operation.Deliveries[0].State);
        Assert.Empty(await services.Get<SkippedWaits>().ListAsync(First, null, 10, None));
    }

    [Fact]
    public async Task A_wait_that_is_kept_again_is_not_removed()
    {
        await using var services = await ServicesAsync(Both);
        var waits = services.Get<SkippedWaits>();
        await waits.KeepAsync(new SkippedWait(First, "offerum", Second), None);
        var seen = Assert.Single(await waits.ListAsync(First, null, 10, None));
        await waits.KeepAsync(seen, None);

        await waits.RemoveAsync(seen, None);
        var again = Assert.Single(await waits.ListAsync(First, null, 10, None));

        await waits.RemoveAsync(again, None);
        Assert.Empty(await waits.ListAsync(First, null, 10, None));
    }

    [Fact]
    public async Task A_skipped_delivery_waits_for_its_owner_during_anothers_fetch()
    {
        await using var services = await ServicesAsync(Both);
        await services.JournalAsync(First, Delivery(DeliveryState.Rejected));
        var skipped = Delivery(DeliveryState.Skipped) with { Error = new OperationError(ErrorCodes.SameRecord, "Why.", "offerum") };
        var waiter = await services.JournalAsync(Second, skipped, Delivery(DeliveryState.Failed, "telegram"));
        waiter = await PutAsync(services, waiter, waiter.Operation with { Enrichment = EnrichmentState.Waiting, FetchFor = ["telegram", "offerum"] });
        await services.Get<SkippedWaits>().KeepAsync(new SkippedWait(First, "offerum", Second), None);

        // The running enrichment evaluates it, if it succeeds.
        await services.Get<SkippedDeliveries>().ReevaluateAsync(First, None);
        Assert.Single(await services.Get<SkippedWaits>().ListAsync(First, null, 10, None));

        await PutAsync(services, waiter, waiter.Operation with { FetchFor = ["telegram"] });
        await services.Get<SkippedDeliveries>().ReevaluateAsync(First, None);

        var after = (await services.Get<JournalStore>().ReadAsync(Second, None))!.Operation;
        Assert.Equal((DeliveryState.Enriched, DeliveryState.Failed, EnrichmentState.Waiting), (after.DeliveryTo("offerum")!.State, after.DeliveryTo("telegram")!.State, after.Enrichment));
        Assert.Empty(await services.Get<SkippedWaits>().ListAsync(First, null, 10, None));
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
        var accounts = await services.Get<AccountHashes>().AllAsync(services.Get<PipelineCatalog>().Current, None);
        await services.Get<PipelineRegistry>().RecordAsync(pipelines.ToHashSet(StringComparer.Ordinal), None, isComplete: true, accounts);
        return services;
    }
}
