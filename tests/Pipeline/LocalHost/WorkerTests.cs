using System.Diagnostics;
using System.Net;

namespace UonOfferum.Tests.Pipeline.LocalHost;

/// <summary>The care that LocalHost takes of the worker's process.</summary>
public sealed class WorkerTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string _queue = TestHost.NewName();
    private Calls _calls = null!;

    public async ValueTask InitializeAsync() => _calls = await Calls.StartAsync();

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    [Fact]
    public async Task A_worker_that_dies_fails_its_calls_at_once_and_is_started_again()
    {
        var called = new TaskCompletionSource();
        _calls.OnMessage = (message, cancellationToken) =>
        {
            if (message.DequeueCount > 1)
            {
                return Task.CompletedTask;
            }

            called.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        };
        await using var host = await StartAsync();
        await TestHost.Queue(azurite, _queue).SendMessageAsync("survives");
        await called.Task;
        var former = host.WorkerProcessId;

        Process.GetProcessById(former).Kill();

        // Its lock lasts ten minutes: only a call that failed at once gives the message back in time.
        await Eventually.UntilAsync(() => _calls.Messages.Count == 2);
        Assert.NotEqual(former, host.WorkerProcessId);
        using var client = new HttpClient { BaseAddress = host.BaseAddress };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/echo/main/1")).StatusCode);
    }

    [Fact]
    public async Task After_the_third_death_the_host_ends_as_on_the_platform()
    {
        await using var host = await StartAsync();
        for (var death = 1; death <= 3; death++)
        {
            await Eventually.UntilAsync(() => host.WorkerProcessId != 0);
            var worker = host.WorkerProcessId;
            Process.GetProcessById(worker).Kill();
            await Eventually.UntilAsync(() => host.WorkerProcessId != worker);
        }

        await host.WaitForShutdownAsync().WaitAsync(TestTimeouts.Operation);

        Assert.True(host.HasFailed);
    }

    [Fact]
    public async Task The_worker_ends_with_the_host()
    {
        var host = await StartAsync();
        using var worker = Process.GetProcessById(host.WorkerProcessId);

        await host.DisposeAsync();

        await worker.WaitForExitAsync().WaitAsync(TestTimeouts.Operation);
    }

    private Task<UonOfferum.LocalHost.LocalHostApp> StartAsync() =>
        TestHost.StartAsync(azurite, _queue, _calls, ("AzureFunctionsJobHost:extensions:queues:visibilityTimeout", "00:00:01"));
}
