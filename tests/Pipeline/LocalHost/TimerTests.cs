using UonOfferum.LocalHost;

namespace UonOfferum.Tests.Pipeline.LocalHost;

/// <summary>One test at a time: all instances on one account compete for the one lease, as they should.</summary>
public sealed class TimerTests(AzuriteFixture azurite)
{
    private readonly string _storage = azurite.NewAccount();

    [Fact]
    public async Task Timers_run_in_one_instance_and_move_to_the_next_when_it_ends()
    {
        await using var first = await Calls.StartAsync();
        await using var second = await Calls.StartAsync();
        var holder = await StartAsync(first);
        await Eventually.UntilAsync(() => first.Ticks > 0);
        await using var waiter = await StartAsync(second);
        var ticks = first.Ticks;
        await Eventually.UntilAsync(() => first.Ticks > ticks + 1);
        Assert.Equal(0, second.Ticks);

        await holder.DisposeAsync();

        await Eventually.UntilAsync(() => second.Ticks > 0);
    }

    [Fact]
    public async Task The_master_key_runs_a_timer_now()
    {
        await using var calls = await Calls.StartAsync();
        await using var host = await StartAsync(calls);
        using var client = new HttpClient { BaseAddress = host.BaseAddress, DefaultRequestHeaders = { { "x-functions-key", host.MasterKey } } };

        var answer = await client.PostAsync("/admin/functions/rare", content: null);

        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        await Eventually.UntilAsync(() => calls.Rare == 1);
    }

    private Task<LocalHostApp> StartAsync(Calls calls) => TestHost.StartAsync(_storage, TestHost.NewName(), calls, ("TEST_TICK", "* * * * * *"));
}
