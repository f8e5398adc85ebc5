using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Tests.Simulation.Runs;
using UonOfferum.Tests.Simulation.Scheduling;
using UonOfferum.Tests.Simulation.Storage;

namespace UonOfferum.Tests.Simulation.Host;

/// <summary>
/// The Functions platform around all instances (facts: docs/local-host.md): hands out messages, renews their locks, completes them after
/// the function and dead-letters them after five tries; runs each timer on one instance at a time.
/// </summary>
internal sealed class Platform(World world)
{
    private const int MaxDequeueCount = 5;
    private const string Poison = "-poison";
    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30), AfterFailedStart = TimeSpan.FromSeconds(5);

    private readonly List<(Invocation By, StoredMessage Message)> _held = [];
    private readonly Dictionary<AppFunction, Invocation> _timers = [];

    /// <summary>Messages that an instance could be given now, in a fixed order.</summary>
    public List<(StoredQueue Queue, StoredMessage Message)> Deliverable()
    {
        var found = new List<(StoredQueue, StoredMessage)>();
        foreach (var queue in world.Queues.All)
        {
            if (FunctionTable.ByQueue.ContainsKey(queue.Name))
            {
                found.AddRange(queue.Visible(world.Clock.Now).Select(message => (queue, message)));
            }
        }

        return found;
    }

    /// <summary>Messages that a function is working on.</summary>
    public IReadOnlyList<(Invocation By, StoredMessage Message)> Held => _held;

    /// <summary>Poison queues and the operations whose failure was read from them: an operator was alerted.</summary>
    public HashSet<string> Told { get; } = new(StringComparer.Ordinal);

    /// <summary>The number of invocations that began; the last one has this number.</summary>
    public int Begun { get; private set; }

    /// <summary>A function that the platform started is still running.</summary>
    public bool IsBusy => _held.Count + _timers.Count > 0;

    /// <summary>What the app's own background service does at a start: it records the pipelines of the settings, until it succeeds.</summary>
    public void Begin(Instance instance) => Start(instance, "start", null, async by =>
    {
        var current = instance.Services.GetRequiredService<PipelineCatalog>().Current;
        var names = current.Names.ToHashSet(StringComparer.Ordinal);
        while (await CatchAsync(by, async () => await instance.Services.GetRequiredService<PipelineRegistry>().RecordAsync(
            names, CancellationToken.None, isComplete: true, await instance.Services.GetRequiredService<AccountHashes>().AllAsync(current, CancellationToken.None))) is not null)
        {
            await Task.Delay(AfterFailedStart, instance.Clock);
        }

        End(by, failure: null);
    });

    public void Deliver(Instance instance, StoredQueue queue, StoredMessage message)
    {
        queue.Receive(message, world.Clock.Now + Lock);
        message.IsRenewed = true;
        var function = FunctionTable.ByQueue[queue.Name];
        Start(instance, $"{function.Name} message {message.Number}, try {message.DequeueCount}", null, by =>
        {
            _held.Add((by, message));
            return HandleAsync(by, function, queue, message, message.PopReceipt);
        });
    }

    public void RunTimer(Instance instance, AppFunction function)
    {
        if (!_timers.ContainsKey(function))
        {
            Start(instance, function.Name, null, by =>
            {
                _timers[function] = by;
                return TimeAsync(by, function);
            });
        }
    }

    /// <param name="instance">The instance that gets the request.</param>
    /// <param name="function">Name of the function.</param>
    /// <param name="route">Values of the route.</param>
    /// <param name="fill">Fills the request.</param>
    /// <param name="action">The operator's action, if it is one; null: none.</param>
    /// <param name="answered">Called with the answer, if there is one.</param>
    public void Request(
        Instance instance, string function, IReadOnlyDictionary<string, string> route, Action<HttpRequest> fill, NamedAction? action, Action<int, string> answered) =>
        Start(instance, $"{function} {string.Join('/', route.Values.Where(v => v.Length < 20))}", action, by => AnswerAsync(by, FunctionTable.Find(function), route, fill, answered));

    /// <summary>The instance is gone: its messages return when their locks expire.</summary>
    public void Forget(Instance instance, Choices choices)
    {
        foreach (var (_, message) in _held.FindAll(h => h.By.Instance == instance))
        {
            message.IsRenewed = false;
            message.VisibleAt = world.Clock.Now + choices.Between(TimeSpan.FromSeconds(1), Lock);
        }

        _held.RemoveAll(h => h.By.Instance == instance);
        foreach (var (function, _) in _timers.Where(t => t.Value.Instance == instance).ToList())
        {
            _timers.Remove(function);
        }
    }

    private void Start(Instance instance, string what, NamedAction? action, Func<Invocation, Task> work)
    {
        var by = new Invocation(++Begun, instance, what) { Action = action };
        world.Log($"{by} begins");
        world.Loop.Run(instance.Context, () =>
        {
            Invocation.Current = by;
            _ = work(by);
            Invocation.Current = null;
        });
    }

    private async Task HandleAsync(Invocation by, AppFunction function, StoredQueue queue, StoredMessage message, int receipt)
    {
        var failure = await CatchAsync(by, () => function.CallAsync(by.Instance.Of(function), Message(message)));
        if (failure is null)
        {
            if (queue.Name.EndsWith(Poison, StringComparison.Ordinal))
            {
                Told.Add($"{queue.Name} {MessageText.OperationOf(message.Text)}");
            }

            await HostAsync(by, $"complete message {message.Number}", () => queue.Delete(message, receipt));
        }
        else if (message.DequeueCount >= MaxDequeueCount && !queue.Name.EndsWith(Poison, StringComparison.Ordinal))
        {
            await HostAsync(by, $"copy message {message.Number} to {queue.Name}{Poison}", () => world.Queues.Add(world.Queues.Open(queue.Name + Poison), message.Text, TimeSpan.Zero) is not null);
            await HostAsync(by, $"complete message {message.Number}", () => queue.Delete(message, receipt));
        }
        else
        {
            await HostAsync(by, $"release message {message.Number}", () => queue.Hide(message, receipt, world.Clock.Now + AfterFailure));
        }

        if (message.PopReceipt == receipt)
        {
            message.IsRenewed = false;
        }

        _held.RemoveAll(h => h.By == by);
        End(by, failure);
    }

    private async Task TimeAsync(Invocation by, AppFunction function)
    {
        var failure = await CatchAsync(by, () => function.CallAsync(by.Instance.Of(function)));
        _timers.Remove(function);
        End(by, failure);
    }

    private async Task AnswerAsync(Invocation by, AppFunction function, IReadOnlyDictionary<string, string> route, Action<HttpRequest> fill, Action<int, string> answered)
    {
        var context = new DefaultHttpContext { RequestServices = by.Instance.Services };
        using var body = new MemoryStream();
        context.Response.Body = body;
        fill(context.Request);
        var failure = await CatchAsync(by, async () =>
        {
            var result = await function.CallAsync(by.Instance.Of(function), context.Request, route);
            await result.ExecuteAsync(context);
        });
        End(by, failure);
        answered(failure is null ? context.Response.StatusCode : 500, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }

    private void End(Invocation by, Exception? failure)
    {
        by.HasEnded = true;
        world.Log(failure is null ? $"{by} ends" : $"{by} throws {failure.GetType().Name}");
    }

    private async Task<Exception?> CatchAsync(Invocation by, Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
#pragma warning disable CA1031 // As the platform does: whatever a function throws, its message is hidden and tried again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            world.Failed(by, e);
            return e;
        }
    }

    private async Task HostAsync(Invocation by, string what, Func<bool> work)
    {
        var call = new HostCall(by.Instance, what, work);
        world.Ask(call);
        await call.Done;
    }

    private static QueueMessage Message(StoredMessage message) => QueuesModelFactory.QueueMessage(
        message.Id, message.PopReceipt.ToString(System.Globalization.CultureInfo.InvariantCulture), BinaryData.FromString(message.Text), message.DequeueCount, null, message.InsertedAt, null);
}
