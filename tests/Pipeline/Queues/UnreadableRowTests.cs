using UonOfferum.OperationsFunction.Backfills;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators;
using UonOfferum.UonWebhookFunction.Reconcile;

namespace UonOfferum.Tests.Pipeline.Queues;

/// <summary>
/// A row with a state of a later version, or one that was edited by hand, is passed over. It is the newest, so every walk meets it first; it is
/// unreadable as a whole, or its index rows are as they were.
/// </summary>
public sealed class UnreadableRowTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationId Sound = new("main", RecordKind.Lead, 1);
    private static readonly OperationId Unreadable = new("main", RecordKind.Lead, 2);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("Enrichment")]
    [InlineData("Deliveries")]
    public async Task It_stops_no_list_and_no_search(string column)
    {
        await using var services = await ServicesAsync(DeliveryState.Failed, column, withIndex: true);
        var search = services.Get<OperationSearch>();
        OperationQuery all = new() { Pipeline = "main" };

        foreach (var query in new[] { all, all with { State = OperationState.Failed }, all with { Phones = ["+79001112233"] }, all with { Error = ErrorCodes.NoPhone } })
        {
            Assert.Equal([Sound], (await search.FindAsync(query, None)).Select(o => o.Id));
        }
    }

    [Theory]
    [InlineData("Enrichment", true)]
    [InlineData("Deliveries", true)]
    [InlineData("Enrichment", false)]
    [InlineData("Deliveries", false)]
    public async Task It_stops_no_sweep(string column, bool withIndex)
    {
        await using var services = await ServicesAsync(DeliveryState.Enriched, column, withIndex);
        _time.Now += 2 * Sweeper.OverdueAfter;

        Assert.Equal(1, await services.Get<Sweeper>().RunAsync(None));

        Assert.Equal(1, await MessagesAsync(services));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_stops_no_sweep_while_another_waits_for_it_or_it_waits(bool isOwner)
    {
        await using var services = await ServicesAsync(DeliveryState.Enriched, "Enrichment", withIndex: true);
        var other = new OperationId("main", RecordKind.Lead, 3);
        await services.JournalAsync(other, new Delivery
        {
            Destination = "offerum",
            State = isOwner ? DeliveryState.Skipped : DeliveryState.Rejected,
            Attempt = 2,
            Error = isOwner ? new OperationError(ErrorCodes.SameRecord, "Skipped.", "offerum") : null,
        });
        await services.Get<SkippedWaits>().KeepAsync(isOwner ? new(Unreadable, "offerum", other) : new(other, "offerum", Unreadable), None);
        _time.Now += 2 * Sweeper.OverdueAfter;

        Assert.Equal(1, await services.Get<Sweeper>().RunAsync(None));

        // Whether it was sold is unknown, so the other one goes on waiting.
        Assert.Single(await services.Get<SkippedWaits>().ListAsync(null, null, 10, None));
        Assert.Equal(isOwner ? DeliveryState.Skipped : DeliveryState.Rejected, (await services.Get<JournalStore>().ReadAsync(other, None))!.Operation.Deliveries[0].State);
        Assert.Equal(1, await MessagesAsync(services));
    }

    [Theory]
    [InlineData("Enrichment", true)]
    [InlineData("Deliveries", true)]
    [InlineData("Enrichment", false)]
    [InlineData("Deliveries", false)]
    public async Task It_stops_no_release(string column, bool withIndex)
    {
        await using var services = await ServicesAsync(DeliveryState.Held, column, withIndex);

        await services.Get<HeldOperations>().ReleaseAsync(services.Get<PipelineCatalog>().Get("main"), null, None);

        Assert.Equal(DeliveryState.Enriched, (await services.Get<JournalStore>().ReadAsync(Sound, None))!.Operation.Deliveries[0].State);
        Assert.Equal(1, await MessagesAsync(services));
    }

    [Theory]
    [InlineData("Enrichment")]
    [InlineData("Deliveries")]
    public async Task It_stops_no_replay_that_was_to_take_it(string column)
    {
        await using var services = await ServicesAsync(DeliveryState.Failed, column, withIndex: true);
        var store = services.Get<ReplayStore>();
        var id = RunId.New(_time);
        await store.AddAsync(
            new Replay
            {
                Id = id,
                Query = new ReplayQuery("main", null, "Failed", null, null, null),
                From = "send",
                PerMinute = 60,
                StartedAt = _time.Now,
                State = ReplayState.Running,
                Total = 2,
                InFlight = [Unreadable.ToString(), Sound.ToString()],
            }, None);

        await services.Get<ReplayRunner>().RunAsync(None);

        var after = (await store.FindAsync(id, None))!.Run;
        Assert.Equal((1, 1, 0), (after.Done, after.Refused, after.InFlight.Count));
        Assert.Equal(1, await MessagesAsync(services));
    }

    [Theory]
    [InlineData("Enrichment")]
    [InlineData("Deliveries")]
    public async Task It_is_known_to_a_backfill(string column)
    {
        await using var services = await ServicesAsync(DeliveryState.Failed, column, withIndex: true);

        Assert.True(await services.Get<BackfillSelection>().IsKnownAsync(Unreadable, None));
    }

    [Theory]
    [InlineData("Enrichment")]
    [InlineData("Deliveries")]
    public async Task It_is_known_to_reconcile_and_does_not_stop_it(string column)
    {
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), TestContext.Current.CancellationToken);
        bed.Settings["Pipelines:main:Reconcile:Window"] = "2.00:00:00";
        bed.Settings["Pipelines:main:Reconcile:From"] = "2020-01-01";
        foreach (var id in new[] { Unreadable.RecordId, 3 })
        {
            bed.Uon.Leads.Put(UonRecord.Lead(id, TimeProvider.System.GetUtcNow().AddHours(-1)));
        }

        await using var services = new PipelineServices(bed.Settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        await services.JournalAsync(Unreadable, new Delivery { Destination = "offerum", State = DeliveryState.Enriched, Attempt = 2 });
        await SpoilAsync(services, column, withIndex: false);

        Assert.Equal(1, await services.Get<Reconciler>().RunAsync(None));

        Assert.Equal(1, await MessagesAsync(services, QueueNames.UonRecords));
    }

    private static async Task<int> MessagesAsync(PipelineServices services, string queue = "offerum-orders") =>
        (await services.Get<StageQueues>().DepthAsync(queue, None)).Messages;

    private async Task<PipelineServices> ServicesAsync(DeliveryState state, string column, bool withIndex)
    {
        var services = PipelineServices.Offline(azurite.NewAccount(), _time, ["main"]);
        foreach (var id in new[] { Sound, Unreadable })
        {
            await services.JournalAsync(id, new Delivery
            {
                Destination = "offerum",
                State = state,
                Attempt = 2,
                Error = state == DeliveryState.Failed ? new OperationError(ErrorCodes.NoPhone, "No phone.", "offerum") : null,
            });
            _time.Now += TimeSpan.FromSeconds(1);
        }

        await SpoilAsync(services, column, withIndex);
        return services;
    }

    private static async Task SpoilAsync(PipelineServices services, string column, bool withIndex)
    {
        var table = services.Get<JournalTable>();
        var rows = await table.RangeAsync("main|lead", withIndex ? "" : "r|", withIndex ? "~" : "r|~", 100, null, None);
        foreach (var row in rows.Where(row => row.GetInt64("RecordId") == Unreadable.RecordId))
        {
            Assert.NotNull(row.GetString(column));
            row[column] = column == "Enrichment" ? "OfALaterVersion" : """[{"destination":"offerum","state":"OfALaterVersion","attempt":2}]""";
            await table.UpsertAsync(row, None);
        }
    }
}
