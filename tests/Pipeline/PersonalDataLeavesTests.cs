using Azure.Data.Tables;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Retention;
using UonOfferum.OperationsFunction.Statistics;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.Tests.Pipeline;

/// <summary>Personal data leaves for good, by whichever way it came back, and nothing stops the walk.</summary>
public sealed class PersonalDataLeavesTests(AzuriteFixture azurite)
{
    private const string Phone = "+79001112233";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly string _storage = azurite.NewAccount();

    [Fact]
    public async Task An_edit_on_a_stripped_operation_sets_a_new_date_of_removal()
    {
        await using var services = await ServicesAsync();
        await PutAsync(services, 1, DeliveryState.Failed);
        Pass(Kept);
        Assert.Equal(1, await RedactAsync(services));

        var edited = await services.Get<OperatorService>().ActAsync(
            Id(1), new OperatorAction.Edit(RecordFields.Empty.With([new("phone", Phone)]), null), ActionTarget.Shown, None);
        Assert.NotNull(edited.Operation);
        await SettleAsync(services, 1);
        Assert.Equal(0, await RedactAsync(services));
        Assert.Equal([("original_phone", "—"), ("phone", Phone)], (await ReadAsync(services, 1)).Fields.Select(f => (f.Key, f.Value)).Order());

        Pass(Kept);
        Assert.Equal(1, await RedactAsync(services));
        await AssertNothingPersonalAsync(services);
    }

    [Fact]
    public async Task An_operation_still_needed_stops_no_other_and_leaves_when_done()
    {
        await using var services = await ServicesAsync();
        await PutAsync(services, 1, DeliveryState.Held);
        Pass(TimeSpan.FromHours(1));
        await PutAsync(services, 2, DeliveryState.Delivered);
        Pass(Kept);

        Assert.Equal(1, await RedactAsync(services));
        Assert.Equal(0, await RedactAsync(services));
        Assert.Single((await ReadAsync(services, 1)).Fields);
        var place = (await services.Get<JournalTable>().FindAsync("main|control", "retention|lead", None))!.GetDateTimeOffset("Before");
        Assert.Equal(_time.Now - Kept, place);

        await SettleAsync(services, 1);
        Assert.Equal(1, await RedactAsync(services));
        await AssertNothingPersonalAsync(services);
    }

    [Fact]
    public async Task A_report_that_is_held_keeps_nobody()
    {
        await using var services = await ServicesAsync();
        await PutAsync(services, 1, DeliveryState.Delivered);
        var entry = (await services.Get<JournalStore>().ReadAsync(Id(1), None))!;
        var report = new Delivery { Destination = "uon-write", State = DeliveryState.Held, Attempt = 1, Reports = [] };
        Assert.NotNull(await services.Get<JournalStore>().UpdateAsync(entry, entry.Operation.With(report), null, None));
        Pass(Kept);

        Assert.Equal(1, await RedactAsync(services));
        await AssertNothingPersonalAsync(services);
    }

    [Fact]
    public async Task A_comparison_of_drafts_leaves_after_a_day()
    {
        await using var services = await ServicesAsync();
        var store = services.Get<ComparisonStore>();
        await store.SaveAsync("main", "1", new StoredComparison(Phone, _time.Now), None);
        Pass(TimeSpan.FromHours(12));
        await store.SaveAsync("main", "2", new StoredComparison(Phone, _time.Now), None);
        Pass(TimeSpan.FromHours(12));

        await RedactAsync(services);

        Assert.Null(await store.FindAsync("main", "1", None));
        Assert.NotNull(await store.FindAsync("main", "2", None));
    }

    [Fact]
    public async Task A_row_that_this_version_cannot_read_stops_nobody()
    {
        await using var services = await ServicesAsync();
        await PutAsync(services, 1, DeliveryState.Delivered);
        await PutAsync(services, 2, DeliveryState.Delivered);
        var table = services.Get<JournalTable>();
        foreach (var row in await table.RangeAsync("main|lead", "r|", "r|~", 10, null, None))
        {
            if (row.GetInt64("RecordId") == 1)
            {
                row["Enrichment"] = "OfALaterVersion";
                await table.UpsertAsync(row, None);
            }
        }

        Pass(Kept);

        Assert.Equal(1, await RedactAsync(services));
        Assert.False((await ReadAsync(services, 2)).HoldsPersonalData);
    }

    [Fact]
    public async Task The_phone_leaves_the_index_although_its_key_changed()
    {
        await using (var before = await ServicesAsync(("Journal:IndexKey", "a-first-key-of-the-index")))
        {
            await PutAsync(before, 1, DeliveryState.Delivered);
        }

        await using var after = await ServicesAsync(("Journal:IndexKey", "a-second-key-of-the-index"));
        Pass(Kept);

        Assert.Equal(1, await RedactAsync(after));
        await AssertNothingPersonalAsync(after);
    }

    [Fact]
    public async Task Retired_pipelines_refusals_postbacks_and_owners_are_walked_too()
    {
        await using (var old = await ServicesAsync("old"))
        {
            await PutAsync(old, 1, DeliveryState.Delivered, "old");
            await old.Get<RefusedWebhooks>().KeepAsync("old", 400, "No id.", None);
            await old.Get<JournalTable>().AddAsync(new TableEntity(UnmatchedPostbackList.Partition("old"), (DateTimeOffset.MaxValue.UtcTicks - _time.Now.UtcTicks).ToString("D19", System.Globalization.CultureInfo.InvariantCulture) + "-001") { ["SubId"] = Phone }, None);
            Assert.True(await old.Get<LeadOwners>().AddAsync("0123456789abcdef0123456789abcdef", Id(1), _time.Now, _time.Now.AddDays(1), None));
            Assert.True(await old.Get<LeadOwners>().AddAsync("1123456789abcdef0123456789abcdef", Id(1), _time.Now, _time.Now.AddDays(100), None));
        }

        await using var services = await ServicesAsync();
        Pass(Kept);

        Assert.Equal(1, await RedactAsync(services));
        Assert.Empty(await services.Get<JournalTable>().RangeAsync("old|refused", "0", "~", 10, null, None));
        Assert.Empty(await services.Get<JournalTable>().RangeAsync("old|postbacks", "0", "~", 10, null, None));
        Assert.Null(await services.Get<LeadOwners>().FindAsync("0123456789abcdef0123456789abcdef", None));
        Assert.NotNull(await services.Get<LeadOwners>().FindAsync("1123456789abcdef0123456789abcdef", None));
    }

    [Fact]
    public async Task A_retention_below_a_day_removes_them_at_the_run_after_the_end()
    {
        await using var services = await ServicesAsync(("Retention:PersonalData", "00:10:00"));
        await PutAsync(services, 1, DeliveryState.Held);
        Pass(TimeSpan.FromHours(5));
        Assert.Equal(0, await RedactAsync(services));

        await SettleAsync(services, 1);
        Pass(TimeSpan.FromMinutes(4));

        Assert.Equal(1, await RedactAsync(services));
        await AssertNothingPersonalAsync(services);
    }

    [Fact]
    public async Task An_operation_journaled_after_its_retention_leaves_at_the_next_run()
    {
        await using var services = await ServicesAsync(("Retention:PersonalData", "00:05:00"));
        var arrived = _time.Now;
        Pass(TimeSpan.FromMinutes(10));
        await RedactAsync(services);

        await services.Get<JournalStore>().InsertAsync(
            new Operation
            {
                Id = Id(1),
                Run = "run",
                Attempt = 1,
                Enrichment = EnrichmentState.Enriched,
                ReceivedAt = arrived,
                UpdatedAt = _time.Now,
                Fields = RecordFields.Empty.With([new("phone", Phone)]),
                Deliveries = [new Delivery { Destination = "offerum", State = DeliveryState.Delivered, Attempt = 1 }],
            },
            None);

        Assert.Equal(1, await RedactAsync(services));
        await AssertNothingPersonalAsync(services);
    }

    private static OperationId Id(long id, string pipeline = "main") => new(pipeline, RecordKind.Lead, id);

    private void Pass(TimeSpan time) => _time.Now += time + TimeSpan.FromSeconds(1);

    private static Task<int> RedactAsync(PipelineServices services) => services.Get<PersonalDataRedactor>().RunAsync(None);

    private static async Task<Operation> ReadAsync(PipelineServices services, long id) => (await services.Get<JournalStore>().ReadAsync(Id(id), None))!.Operation;

    /// <summary>Its delivery comes to an end.</summary>
    private async Task SettleAsync(PipelineServices services, long id)
    {
        var entry = (await services.Get<JournalStore>().ReadAsync(Id(id), None))!;
        var settled = entry.Operation.With(entry.Operation.Deliveries[0] with { State = DeliveryState.Delivered, NextTryAt = null }) with { UpdatedAt = _time.Now };
        Assert.NotNull(await services.Get<JournalStore>().UpdateAsync(entry, settled, null, None));
        await services.Get<HourlyRollUp>().RollUpAsync(None);
    }

    private static async Task AssertNothingPersonalAsync(PipelineServices services)
    {
        var rows = await services.Get<JournalTable>().RangeAsync("main|lead", "", "~", 100, null, None);
        Assert.DoesNotContain(rows, row => row.RowKey.StartsWith("p|", StringComparison.Ordinal) || row.RowKey.StartsWith("x|", StringComparison.Ordinal));
        Assert.All(rows, row => Assert.DoesNotContain("9001112233", string.Join('|', ((IDictionary<string, object?>)row).Values), StringComparison.Ordinal));
    }

    private static Task PutAsync(PipelineServices services, long id, DeliveryState state, string pipeline = "main") =>
        services.JournalAsync(Id(id, pipeline), new Delivery { Destination = "offerum", State = state, Attempt = 2, ReplyStatus = 200, ReplyBody = Phone });

    private Task<PipelineServices> ServicesAsync(params (string Key, string? Value)[] more) => ServicesAsync("main", more);

    private async Task<PipelineServices> ServicesAsync(string pipeline, params (string Key, string? Value)[] more)
    {
        var services = PipelineServices.Offline(_storage, _time, [pipeline], [("Retention:PersonalData", "30.00:00:00"), .. more]);
        await services.Get<PipelineRegistry>().RecordAsync(new HashSet<string>(StringComparer.Ordinal) { pipeline }, None, isComplete: true);
        return services;
    }
}
