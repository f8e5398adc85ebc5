using UonOfferum.OperationsFunction.Retention;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline;

/// <summary>An operation that cannot be read when its retention ends loses its personal data as soon as it can be read.</summary>
public sealed class UnreadableRetentionTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly OperationId Unreadable = new("main", RecordKind.Lead, 1);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task It_is_redacted_once_it_can_be_read_and_stops_no_other()
    {
        await using var services = await ServicesAsync();
        await PutAsync(services, 1, DeliveryState.Delivered);
        await PutAsync(services, 2, DeliveryState.Delivered);
        var row = await UnreadableRow.MakeAsync(services, Unreadable);
        Assert.Equal(1, await RedactAsync(services));
        await PutAsync(services, 3, DeliveryState.Delivered);
        Assert.Equal(1, await RedactAsync(services));
        Assert.Single(await MarksAsync(services));

        await row.RestoreAsync();
        Assert.Equal(1, await RedactAsync(services));

        Assert.False((await services.Get<JournalStore>().ReadAsync(Unreadable, None))!.Operation.HoldsPersonalData);
        Assert.Empty(await MarksAsync(services));
    }

    [Fact]
    public async Task It_keeps_the_data_that_it_needs_until_it_is_settled()
    {
        await using var services = await ServicesAsync();
        await PutAsync(services, 1, DeliveryState.Held);
        var row = await UnreadableRow.MakeAsync(services, Unreadable);
        await RedactAsync(services);
        await row.RestoreAsync();

        Assert.Equal(0, await RedactAsync(services));

        var entry = (await services.Get<JournalStore>().ReadAsync(Unreadable, None))!;
        Assert.True(entry.Operation.HoldsPersonalData);
        var settled = entry.Operation.With(entry.Operation.Deliveries[0] with { State = DeliveryState.Delivered });
        Assert.NotNull(await services.Get<JournalStore>().UpdateAsync(entry, settled, null, None));
        Assert.Equal(1, await RedactAsync(services));
        Assert.Empty(await MarksAsync(services));
    }

    private static async Task PutAsync(PipelineServices services, long id, DeliveryState state) =>
        await services.JournalAsync(Unreadable with { RecordId = id }, new Delivery { Destination = "offerum", State = state, Attempt = 2 });

    /// <summary>When the retention of all that is there has ended.</summary>
    private async Task<int> RedactAsync(PipelineServices services)
    {
        _time.Now += Kept + TimeSpan.FromSeconds(1);
        return await services.Get<PersonalDataRedactor>().RunAsync(None);
    }

    /// <summary>The index by own retention start.</summary>
    private static async Task<IReadOnlyList<string>> MarksAsync(PipelineServices services) =>
        (await services.Get<JournalTable>().RangeAsync("main|lead", "x|", "x|~", 100, null, None)).ConvertAll(row => row.RowKey);

    private async Task<PipelineServices> ServicesAsync()
    {
        var services = PipelineServices.Offline(azurite.NewAccount(), _time, ["main"], ("Retention:PersonalData", "30.00:00:00"));
        await services.Get<PipelineRegistry>().RecordAsync(new HashSet<string>(StringComparer.Ordinal) { "main" }, None, isComplete: true);
        return services;
    }
}
