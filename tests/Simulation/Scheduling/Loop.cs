namespace UonOfferum.Tests.Simulation.Scheduling;

/// <summary>
/// Runs the code of all instances on one thread, in the order in which it becomes ready. Outside calls are completed without a
/// context, so that library code (which continues wherever it is completed) stays on this thread; the app's own code comes back through the
/// context of its instance.
/// </summary>
public sealed class Loop
{
    private readonly Queue<(InstanceContext Context, SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Bytes allocated by the instances' code and its libraries; without those of the simulated storage and outside systems.</summary>
    public long Allocated { get; private set; }

    /// <summary>Starts work of an instance and runs everything that follows until all code waits.</summary>
    public void Run(InstanceContext context, Action start) => Count(() => Within(context, start));

    /// <summary>Completes an outside call and runs everything that follows until all code waits.</summary>
    public void Complete(Action complete) => Count(complete);

    /// <summary>Work of the simulation itself during an instance's work.</summary>
    public T LeaveOut<T>(Func<T> work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = work();
        Allocated -= GC.GetAllocatedBytesForCurrentThread() - before;
        return result;
    }

    private void Count(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        Drain();
        Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <exception cref="InvalidOperationException">The caller is on another thread, so its order is not deterministic.</exception>
    public void RefuseOtherThreads(string what)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException($"'{what}' happened on another thread: something waits without the TimeProvider, or works on the thread pool.");
        }
    }

    internal void Add(InstanceContext context, SendOrPostCallback callback, object? state)
    {
        RefuseOtherThreads("a continuation");
        _ready.Enqueue((context, callback, state));
    }

    private void Drain()
    {
        while (_ready.TryDequeue(out var next))
        {
            if (!next.Context.IsDead)
            {
                Within(next.Context, () => next.Callback(next.State));
            }
        }
    }

    private static void Within(InstanceContext context, Action work)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            work();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}

/// <summary>The context in which the code of one instance continues. After a kill nothing continues.</summary>
public sealed class InstanceContext(Loop loop) : SynchronizationContext
{
    public bool IsDead { get; set; }

    public override void Post(SendOrPostCallback d, object? state) => loop.Add(this, d, state);

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing in the app may block.");
}
