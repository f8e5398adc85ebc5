using UonOfferum.OperationsFunction.Replays;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Pipeline;

/// <summary>A bulk replay outlives a start with settings that cannot be used.</summary>
public sealed class WaitingReplayTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly string _storage = azurite.NewAccount();

    [Theory]
    [InlineData("main", true)]
    [InlineData("main", false)]
    [InlineData(null, false)]
    public async Task It_waits_while_its_pipeline_is_invalid_and_then_does_the_rest(string? pipeline, bool hasBatch)
    {
        var id = RunId.New(_time);
        var replay = await StartAsync(id, pipeline, hasBatch);

        await using (var invalid = Services(("Pipelines:main:Uon:Record", "offer")))
        {
            await invalid.Get<ReplayRunner>().RunAsync(None);
            var waiting = (await invalid.Get<ReplayStore>().FindAsync(id, None))!.Run;
            Assert.Equivalent(replay, waiting with { Finished = null, Pace = replay.Pace });
            // What has no more operations is not searched again.
            Assert.Equal(pipeline is null ? ["other"] : null, waiting.Finished);
        }

        await using var valid = Services();
        await valid.Get<ReplayRunner>().RunAsync(None);
        var done = (await valid.Get<ReplayStore>().FindAsync(id, None))!.Run;
        Assert.Equal((ReplayState.Done, 2, 0), (done.State, done.Done, done.Refused));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_of_all_pipelines_waits_for_an_invalid_one_at_its_end(bool hasBatch)
    {
        var id = RunId.New(_time);
        await StartAsync(id, null, hasBatch, new OperationId("other", RecordKind.Lead, 3));

        await using (var invalid = Services(("Pipelines:main:Uon:Record", "offer")))
        {
            await invalid.Get<ReplayRunner>().RunAsync(None);
            var waiting = (await invalid.Get<ReplayStore>().FindAsync(id, None))!.Run;
            Assert.Equal((ReplayState.Running, 1, 0), (waiting.State, waiting.Done, waiting.Refused));
            Assert.Contains("'main' cannot be used", await invalid.Get<ReplaySelection>().FindObstacleAsync(waiting, None), StringComparison.Ordinal);
        }

        _time.Now += TimeSpan.FromMinutes(1);
        await using var valid = Services();
        await valid.Get<ReplayRunner>().RunAsync(None);
        var done = (await valid.Get<ReplayStore>().FindAsync(id, None))!.Run;
        Assert.Equal((ReplayState.Done, 3, 0), (done.State, done.Done, done.Refused));
    }

    [Fact]
    public async Task It_does_not_wait_for_an_invalid_pipeline_that_has_no_such_operation()
    {
        var id = RunId.New(_time);
        await StartAsync(id, null, hasBatch: false);

        await using var invalid = Services(("Pipelines:other:Uon:Record", "offer"));
        await invalid.Get<ReplayRunner>().RunAsync(None);

        var done = (await invalid.Get<ReplayStore>().FindAsync(id, None))!.Run;
        Assert.Equal((ReplayState.Done, 2, 0), (done.State, done.Done, done.Refused));
    }

    [Fact]
    public async Task An_order_in_doubt_that_was_sent_since_it_was_planned_is_left_alone()
    {
        var id = RunId.New(_time);
        await using var services = Services();
        var doubt = new Delivery { Destination = "offerum", State = DeliveryState.Uncertain, Attempt = 2, Sends = 1, MayHaveArrived = true };
        var same = await services.JournalAsync(new OperationId("main", RecordKind.Lead, 1), doubt);
        var sentAgain = await services.JournalAsync(new OperationId("main", RecordKind.Lead, 2), doubt);
        _time.Now += TimeSpan.FromSeconds(1);
        await services.Get<ReplayStore>().AddAsync(
            new Replay
            {
                Id = id,
                Query = new ReplayQuery("main", null, "Uncertain", null, null, null),
                From = "send",
                PerMinute = 60,
                StartedAt = _time.Now,
                State = ReplayState.Running,
                Total = 2,
                InFlight = [$"{same.Operation.Id}/{same.Operation.Run}", $"{sentAgain.Operation.Id}/{sentAgain.Operation.Run}"],
            }, None);
        _time.Now += TimeSpan.FromSeconds(1);
        var run = RunId.New(_time);
        await services.Get<JournalStore>().UpdateAsync(sentAgain, sentAgain.Operation with { Run = run, UpdatedAt = _time.Now }, null, None);

        await services.Get<ReplayRunner>().RunAsync(None);

        var after = (await services.Get<ReplayStore>().FindAsync(id, None))!.Run;
        Assert.Equal((1, 1), (after.Done, after.Refused));
        Assert.Equal(run, (await services.Get<JournalStore>().ReadAsync(sentAgain.Operation.Id, None))!.Operation.Run);
    }

    private async Task<Replay> StartAsync(string id, string? pipeline, bool hasBatch, params IEnumerable<OperationId> more)
    {
        await using var services = Services();
        var main = new[] { new OperationId("main", RecordKind.Lead, 1), new OperationId("main", RecordKind.Lead, 2) };
        foreach (var operation in main.Concat(more))
        {
            await services.JournalAsync(operation, new Delivery { Destination = "offerum", State = DeliveryState.Failed, Attempt = 2 });
        }

        _time.Now += TimeSpan.FromSeconds(1);
        var replay = new Replay
        {
            Id = id,
            Query = new ReplayQuery(pipeline, null, "Failed", null, null, null),
            From = "send",
            PerMinute = 60,
            StartedAt = _time.Now,
            State = ReplayState.Running,
            Total = 2,
            InFlight = hasBatch ? [.. main.Select(operation => operation.ToString())] : [],
        };
        await services.Get<ReplayStore>().AddAsync(replay, None);
        return replay;
    }

    /// <summary>With a second pipeline, because an app whose pipelines are all invalid does not start.</summary>
    private PipelineServices Services(params IEnumerable<(string Key, string? Value)> more) => PipelineServices.Offline(_storage, _time, ["main", "other"], more);
}
