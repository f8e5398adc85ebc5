using UonOfferum.OperationsFunction.Retention;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline;

/// <summary>More operations than one run of the job can redact: each run continues where the last one stopped.</summary>
public sealed class RetentionBacklogTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private readonly ShortRuns _time = new() { Now = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero) };
    private readonly string _storage = azurite.NewAccount();

    [Fact]
    public async Task Several_runs_finish_a_backlog_and_then_what_came_in_between()
    {
        await using var services = await ServicesAsync("main");
        await PutAsync(services, "main", from: 1, count: 30);
        _time.Now += Kept + TimeSpan.FromSeconds(1);

        Assert.InRange(await RedactAsync(services), 1, 14);
        Assert.InRange(await RedactAsync(services), 1, 14);
        await PutAsync(services, "main", from: 31, count: 2);
        _time.Now += Kept + TimeSpan.FromSeconds(1);
        await RunAsync(services, times: 4);

        Assert.Equal(0, await LeftAsync(services, "main", 32));
    }

    [Fact]
    public async Task A_backlog_of_one_pipeline_leaves_the_others_their_turn()
    {
        await using var services = await ServicesAsync("main", "other");
        await PutAsync(services, "main", from: 1, count: 30);
        await PutAsync(services, "other", from: 1, count: 1);
        _time.Now += Kept + TimeSpan.FromSeconds(1);

        await RunAsync(services, times: 2);
        Assert.Equal(0, await LeftAsync(services, "other", 1));
        Assert.InRange(await LeftAsync(services, "main", 30), 1, 29);

        await RunAsync(services, times: 12);
        Assert.Equal(0, await LeftAsync(services, "main", 30));
    }

    [Fact]
    public async Task A_longer_retention_also_holds_for_an_unfinished_walk()
    {
        await using var services = await ServicesAsync("main");
        await PutAsync(services, "main", from: 1, count: 30);
        _time.Now += Kept + TimeSpan.FromSeconds(1);
        Assert.InRange(await RedactAsync(services), 1, 14);

        await using var longer = PipelineServices.Offline(_storage, _time, ["main"], ("Retention:PersonalData", "60.00:00:00"));
        Assert.Equal(0, await RedactAsync(longer));
        _time.Now += Kept;
        await RunAsync(longer, times: 4);

        Assert.Equal(0, await LeftAsync(longer, "main", 30));
    }

    [Fact]
    public async Task Operations_whose_data_is_needed_for_long_stop_nobody()
    {
        await using var services = await ServicesAsync("main");
        await PutAsync(services, "main", from: 1, count: 30, DeliveryState.Held);
        _time.Now += Kept + TimeSpan.FromSeconds(1);
        await RunAsync(services, times: 6);
        Assert.Equal(30, await LeftAsync(services, "main", 30));

        var entry = (await services.Get<JournalStore>().ReadAsync(Id("main", 30), None))!;
        var settled = entry.Operation.With(entry.Operation.Deliveries[0] with { State = DeliveryState.Delivered });
        Assert.NotNull(await services.Get<JournalStore>().UpdateAsync(entry, settled, null, None));
        await RunAsync(services, times: 6);

        Assert.Equal(29, await LeftAsync(services, "main", 30));
    }

    private static OperationId Id(string pipeline, long id) => new(pipeline, RecordKind.Lead, id);

    private static Task<int> RedactAsync(PipelineServices services) => services.Get<PersonalDataRedactor>().RunAsync(None);

    private static async Task RunAsync(PipelineServices services, int times)
    {
        for (var run = 0; run < times; run++)
        {
            await RedactAsync(services);
        }
    }

    private async Task PutAsync(PipelineServices services, string pipeline, int from, int count, DeliveryState state = DeliveryState.Delivered)
    {
        for (var id = from; id < from + count; id++)
        {
            await services.JournalAsync(Id(pipeline, id), new Delivery { Destination = "offerum", State = state, Attempt = 2 });
            _time.Now += TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>How many of the first operations still have personal data.</summary>
    private static async Task<int> LeftAsync(PipelineServices services, string pipeline, int count)
    {
        var left = 0;
        for (var id = 1; id <= count; id++)
        {
            left += (await services.Get<JournalStore>().ReadAsync(Id(pipeline, id), None))!.Operation.HoldsPersonalData ? 1 : 0;
        }

        return left;
    }

    private async Task<PipelineServices> ServicesAsync(params string[] pipelines)
    {
        var services = PipelineServices.Offline(_storage, _time, pipelines, ("Retention:PersonalData", "30.00:00:00"));
        await services.Get<PipelineRegistry>().RecordAsync(pipelines.ToHashSet(StringComparer.Ordinal), None, isComplete: true);
        return services;
    }

    /// <summary>Each look at the clock takes ten seconds, so the two minutes of a run admit a dozen operations and walks.</summary>
    private sealed class ShortRuns : TimeProvider
    {
        private long _looks;

        public DateTimeOffset Now { get; set; }

        public override long TimestampFrequency => 1;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Interlocked.Add(ref _looks, 10);
    }
}
