using System.Collections.Concurrent;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Limits;
using UonOfferum.Simulators.Storage;

namespace UonOfferum.Tests.Pipeline.Limits;

/// <summary>One rate for all instances, and what keeping to it costs in storage.</summary>
public sealed class SharedLimiterTests(AzuriteFixture azurite)
{
    private const double Rate = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task One_instance_alone_asks_storage_for_its_lanes_and_not_for_its_calls()
    {
        await using var meter = await StorageMeter.StartAsync(azurite.NewAccount(), Never);
        var limiter = await LimiterAsync(meter.ConnectionString);
        meter.Calls.Clear();

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (_, stop) =>
            Assert.Null((await limiter.AcquireAsync("key", Rate, Patience, stop)).ComeBackAt));

        // It reads and writes the row, asks for the other half when it sees the line, and renews after ten seconds of work.
        Assert.InRange(meter.Calls.Count, 1, 8);
    }

    [Fact]
    public async Task A_call_now_and_then_costs_no_request_of_its_own()
    {
        await using var meter = await StorageMeter.StartAsync(azurite.NewAccount(), Never);
        var limiter = await LimiterAsync(meter.ConnectionString);
        await limiter.AcquireAsync("key", 8, Patience, Never);
        meter.Calls.Clear();

        for (var call = 0; call < 5; call++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1.2), TimeProvider.System, Never);
            Assert.Null((await limiter.AcquireAsync("key", 8, Patience, Never)).ComeBackAt);
        }

        Assert.Empty(meter.Calls);
    }

    [SlowFact]
    public async Task Four_instances_share_one_rate_fairly_and_ask_storage_rarely()
    {
        await using var meter = await StorageMeter.StartAsync(azurite.NewAccount(), Never);
        var calls = new ConcurrentQueue<(int Who, DateTimeOffset At)>();
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        var limiters = new List<SharedLimiter>();
        for (var i = 0; i < 4; i++)
        {
            limiters.Add(await LimiterAsync(meter.ConnectionString));
        }

        meter.Calls.Clear();
        await Task.WhenAll(limiters.SelectMany((limiter, who) => Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!over.IsCancellationRequested)
            {
                if ((await limiter.AcquireAsync("key", Rate, Patience, Never)).ComeBackAt is null)
                {
                    calls.Enqueue((who, TimeProvider.System.GetUtcNow()));
                }
            }
        })));

        var asked = meter.Calls.Count;
        Assert.True(asked * 20 <= calls.Count, $"{asked} requests for {calls.Count} calls.");
        // Over the whole time; a busy machine may bunch a few calls in one second.
        var span = (calls.Max(c => c.At) - calls.Min(c => c.At)).TotalSeconds;
        Assert.True(calls.Count / span <= Rate * 1.1, $"{calls.Count / span:0.0} calls a second.");
        var shares = calls.CountBy(c => c.Who).Select(c => c.Value).ToList();
        Assert.Equal(4, shares.Count);
        Assert.True(shares.Min() * 4 >= shares.Max(), $"Shares: {string.Join(", ", shares)}.");
    }

    [Fact]
    public async Task A_lower_rate_that_is_published_counts_from_the_next_call()
    {
        var limiter = await LimiterAsync(azurite.NewAccount());
        Assert.True((await limiter.AcquireAsync("key", Rate, Patience, Never)).Spacing < TimeSpan.FromSeconds(0.5));

        Assert.True((await limiter.AcquireAsync("key", 1, Patience, Never)).Spacing >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Lanes_that_an_instance_gives_back_are_anothers_at_once()
    {
        var storage = azurite.NewAccount();
        var (first, second) = (await LimiterAsync(storage), await LimiterAsync(storage));
        Assert.Null((await first.AcquireAsync("key", 1, Patience, Never)).ComeBackAt);
        Assert.True((await second.AcquireAsync("key", 1, TimeSpan.Zero, Never)).ComeBackAt > TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(40));

        await first.StopAsync(Never);

        // It looks again after five seconds; the lease would have lasted a minute.
        Assert.Null((await second.AcquireAsync("key", 1, Patience, Never)).ComeBackAt);
    }

    [Fact]
    public async Task A_distant_turn_is_not_waited_for_and_a_key_is_stored_as_a_hash()
    {
        var storage = azurite.NewAccount();
        var limiter = await LimiterAsync(storage);
        await limiter.AcquireAsync("an-invented-key", 0.05, Patience, Never);

        var turn = await limiter.AcquireAsync("an-invented-key", 0.05, TimeSpan.FromSeconds(3), Never);

        Assert.True(turn.ComeBackAt > TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(10));
        await foreach (var row in new TableClient(storage, JournalTable.Name).QueryAsync<TableEntity>(cancellationToken: Never))
        {
            Assert.DoesNotContain("invented", string.Join(' ', row.Select(column => column.Value)), StringComparison.Ordinal);
        }
    }

    private static async Task<SharedLimiter> LimiterAsync(string storage)
    {
        var table = new JournalTable(new TableServiceClient(storage));
        await table.CreateIfNotExistsAsync(Never);
        return new SharedLimiter(new LaneStore(table), Jitter.Random, TimeProvider.System);
    }
}
