using System.Diagnostics;
using Azure.Storage.Queues;
using UonOfferum.LocalHost.Storage;

namespace UonOfferum.Tests.Pipeline.LocalHost;

/// <summary>
/// Microsoft's listeners do in LocalHost what they do on the platform by their source (azure-sdk-for-net,
/// Microsoft.Azure.WebJobs.Extensions.Storage.Queues). The design rests on it.
/// </summary>
public sealed class QueueListenerTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private Calls _calls = null!;
    private readonly string _queue = TestHost.NewName();

    public async ValueTask InitializeAsync() => _calls = await Calls.StartAsync();

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    [Fact]
    public async Task A_function_gets_the_decoded_body_and_its_success_deletes_it()
    {
        await using var host = await StartAsync();
        await Queue.SendMessageAsync("""{"имя":"Иван"}""");

        await Eventually.UntilAsync(() => IsGoneAsync(_queue));

        var message = Assert.Single(_calls.Messages);
        Assert.Equal("""{"имя":"Иван"}""", message.Body);
        Assert.Equal(1, message.DequeueCount);
        Assert.NotNull(message.InsertedOn);
    }

    [Fact]
    public async Task A_failing_message_is_retried_and_only_its_body_gets_to_poison()
    {
        var tries = new List<long>();
        _calls.OnMessage = (_, _) =>
        {
            tries.Add(Stopwatch.GetTimestamp());
            throw new InvalidOperationException("always");
        };
        await using var host = await StartAsync(("AzureFunctionsJobHost:extensions:queues:visibilityTimeout", "00:00:03"), ("AzureFunctionsJobHost:extensions:queues:maxDequeueCount", "3"));
        await Queue.SendMessageAsync("order");

        await Eventually.UntilAsync(() => HasAsync(_queue + "-poison"));
        await Eventually.UntilAsync(() => IsGoneAsync(_queue));

        Assert.Equal([1L, 2L, 3L], _calls.Messages.Select(m => m.DequeueCount));
        // Storage counts visibility in whole seconds.
        Assert.True(Stopwatch.GetElapsedTime(tries[0], tries[1]) >= TimeSpan.FromSeconds(2));
        var poison = (await TestHost.Queue(azurite, _queue + "-poison").PeekMessagesAsync(5)).Value;
        Assert.Equal("order", Assert.Single(poison).Body.ToString());
        // As on the platform the copy lives seven days: the poison handlers have to take it within them.
        Assert.Equal(TimeSpan.FromDays(7), poison[0].ExpiresOn - poison[0].InsertedOn);
    }

    [Fact]
    public async Task A_body_that_is_not_Base64_goes_unseen_and_unchanged_to_poison()
    {
        await using var host = await StartAsync();
        await TestHost.Queue(azurite, _queue, QueueMessageEncoding.None).SendMessageAsync("{not base64}");

        await Eventually.UntilAsync(() => HasAsync(_queue + "-poison"));
        await Eventually.UntilAsync(() => IsGoneAsync(_queue));

        Assert.Empty(_calls.Messages);
        var poison = (await TestHost.Queue(azurite, _queue + "-poison", QueueMessageEncoding.None).PeekMessagesAsync(5)).Value;
        Assert.Equal("{not base64}", Assert.Single(poison).Body.ToString());
    }

    [Fact]
    public async Task A_message_stays_hidden_while_its_function_outruns_the_lock()
    {
        var finish = new TaskCompletionSource();
        _calls.OnMessage = (_, _) => finish.Task;
        await using var host = await StartAsync(("LocalHost:MessageLock", "00:00:10"));
        await Queue.SendMessageAsync("slow");
        await Eventually.UntilAsync(() => _calls.Messages.Count == 1);

        // Two locks' time, told by a second message hidden that long.
        await Queue.SendMessageAsync("clock", visibilityTimeout: TimeSpan.FromSeconds(25));
        await Eventually.UntilAsync(() => _calls.Messages.Any(m => m.Body == "clock"));
        finish.SetResult();
        await Eventually.UntilAsync(() => IsGoneAsync(_queue));

        Assert.Single(_calls.Messages, m => m.Body == "slow");
    }

    [Fact]
    public async Task No_more_than_a_batch_and_the_threshold_are_worked_on_at_once()
    {
        var (running, most) = (0, 0);
        var open = new TaskCompletionSource();
        _calls.OnMessage = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await open.Task;
            Interlocked.Decrement(ref running);
        };
        await Queue.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Queue.SendMessageAsync($"{i}")));
        await using var host = await StartAsync(("AzureFunctionsJobHost:extensions:queues:batchSize", "4"), ("AzureFunctionsJobHost:extensions:queues:newBatchThreshold", "2"));

        await Eventually.UntilAsync(() => running == 4);
        open.SetResult();
        await Eventually.UntilAsync(() => _calls.Messages.Count == 12);

        Assert.InRange(most, 4, 6);
    }

    [Fact]
    public async Task A_stop_waits_for_a_function_that_goes_on_and_its_message_is_deleted()
    {
        var finish = new TaskCompletionSource();
        _calls.OnMessage = (_, _) => finish.Task;
        var host = await StartAsync();
        await Queue.SendMessageAsync("heedless");
        await Eventually.UntilAsync(() => _calls.Messages.Count == 1);

        var stopping = host.DisposeAsync();
        Assert.False(stopping.IsCompleted);
        finish.SetResult();
        await stopping;

        Assert.True(await IsGoneAsync(_queue));
    }

    [Fact]
    public async Task A_stop_cancels_a_function_by_its_token_and_its_message_returns()
    {
        _calls.OnMessage = (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        var host = await StartAsync(("AzureFunctionsJobHost:extensions:queues:visibilityTimeout", "00:00:01"));
        await Queue.SendMessageAsync("heeds");
        await Eventually.UntilAsync(() => _calls.Messages.Count == 1);

        await host.DisposeAsync();

        await Eventually.UntilAsync(async () => (await Queue.PeekMessageAsync()).Value is { DequeueCount: 1 });
    }

    [Fact]
    public async Task A_function_that_outruns_the_function_timeout_is_a_failed_try()
    {
        _calls.OnMessage = (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        await using var host = await StartAsync(("AzureFunctionsJobHost:functionTimeout", "00:00:01"), ("AzureFunctionsJobHost:extensions:queues:maxDequeueCount", "1"));
        await Queue.SendMessageAsync("stuck");

        await Eventually.UntilAsync(() => HasAsync(_queue + "-poison"));
        await Eventually.UntilAsync(() => IsGoneAsync(_queue));
    }

    [Fact]
    public async Task A_message_that_fails_in_a_poison_queue_is_retried_after_its_lock()
    {
        _calls.OnMessage = (_, _) => throw new InvalidOperationException("always");
        var queue = _queue + "-poison";
        await using (await TestHost.StartAsync(azurite, queue, _calls, ("LocalHost:MessageLock", "00:00:02"), ("AzureFunctionsJobHost:extensions:queues:maxDequeueCount", "2")))
        {
            await TestHost.Queue(azurite, queue).SendMessageAsync("evidence");
            await Eventually.UntilAsync(() => _calls.Messages.Count >= 3);
        }

        // There may be more on a busy machine before the host ends.
        Assert.Equal([1L, 2L, 3L], _calls.Messages.Take(3).Select(m => m.DequeueCount));
        Assert.Equal(1, (await TestHost.Queue(azurite, queue).GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [SlowFact]
    public async Task Messages_flow_again_after_storage_was_gone()
    {
        var folder = Directory.CreateTempSubdirectory("azurite-").FullName;
        var first = await AzuriteProcess.StartAsync(folder, new AzuriteOptions(EndsWithThisProcess: true));
        await using (await TestHost.StartAsync(first.ConnectionString, _queue, _calls))
        {
            await new QueueClient(first.ConnectionString, _queue).SendMessageAsync(Convert.ToBase64String("before"u8));
            await Eventually.UntilAsync(() => _calls.Messages.Count == 1);
            await first.DisposeAsync();

            await using var second = await AzuriteProcess.StartAsync(folder, new AzuriteOptions(first.Ports, EndsWithThisProcess: true));
            await new QueueClient(second.ConnectionString, _queue).SendMessageAsync(Convert.ToBase64String("after"u8));
            await Eventually.UntilAsync(() => _calls.Messages.Any(m => m.Body == "after"));
        }

        Directory.Delete(folder, recursive: true);
    }

    private QueueClient Queue => TestHost.Queue(azurite, _queue);

    private Task<UonOfferum.LocalHost.LocalHostApp> StartAsync(params (string, string)[] settings) =>
        TestHost.StartAsync(azurite, _queue, _calls, settings);

    private async Task<bool> HasAsync(string queue)
    {
        var client = TestHost.Queue(azurite, queue, QueueMessageEncoding.None);
        return await client.ExistsAsync() && (await client.PeekMessageAsync()).Value is not null;
    }

    /// <summary>Hidden messages count too: gone means deleted.</summary>
    private async Task<bool> IsGoneAsync(string queue) =>
        (await TestHost.Queue(azurite, queue).GetPropertiesAsync()).Value.ApproximateMessagesCount == 0;
}
