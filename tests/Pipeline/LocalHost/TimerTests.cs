using Microsoft.Azure.Functions.Worker;
using UonOfferum.LocalHost;

namespace UonOfferum.Tests.Pipeline.LocalHost;

/// <summary>One test at a time: all instances on one account compete for the one lease, as they should.</summary>
public sealed class TimerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Timers_run_in_one_instance_and_move_to_the_next_when_it_ends()
    {
        var (first, second) = (new Ticks(), new Ticks());
        var holder = await StartAsync(first);
        await TestHost.EventuallyAsync(() => first.Count > 0);
        await using var waiter = await StartAsync(second);
        var ticks = first.Count;
        await TestHost.EventuallyAsync(() => first.Count > ticks + 1);
        Assert.Equal(0, second.Count);

        await holder.DisposeAsync();

        await TestHost.EventuallyAsync(() => second.Count > 0);
        using var client = new HttpClient { BaseAddress = waiter.BaseAddress };
        client.DefaultRequestHeaders.Add("x-functions-key", waiter.FunctionKey);
        var answer = await client.PostAsync("/admin/functions/rare", content: null);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        await TestHost.EventuallyAsync(() => second.Rare == 1);
    }

    private Task<LocalHostApp> StartAsync(Ticks ticks) => TestHost.StartAsync(azurite, TestHost.NewName(), ticks, [typeof(TickFunctions)], ("EACH_SECOND", "* * * * * *"));
}

public sealed class TickFunctions(IServiceProvider services)
{
    private readonly Ticks _ticks = (Ticks)services.GetService(typeof(Ticks))!;

    [Function("Tick")]
    public Task TickAsync([TimerTrigger("%EACH_SECOND%")] TimerInfo timer)
    {
        _ticks.Count++;
        return Task.CompletedTask;
    }

    [Function("Rare")]
    public Task RareAsync([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        _ticks.Rare++;
        return Task.CompletedTask;
    }
}

internal sealed class Ticks
{
    public int Count { get; set; }

    public int Rare { get; set; }
}
