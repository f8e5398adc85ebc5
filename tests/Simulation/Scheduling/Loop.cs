namespace UonOfferum.Tests.Simulation.Scheduling;

/// <summary>
/// Runs the code of all instances on one thread, in the order in which it becomes ready. What completes an outside call does so without a
/// context, so that library code (which continues wherever it is completed) stays on this thread; the app's own code comes back through the
/// context of its instance.
/// </summary>
public sealed class Loop
{
    private readonly Queue<(InstanceContext Context, SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Bytes that the instances' code and its libraries allocated; not those of storage and of the outside, which answer elsewhere.</summary>
    public long Allocated { get; private set; }

    /// <summary>Starts work of an instance and runs all that follows from it until everything waits.</summary>
    public void Run(InstanceContext context, Action start) => Count(() => Within(context, start));

    /// <summary>Completes an outside call and runs all that follows from it until everything waits.</summary>
    public void Complete(Action complete) => Count(complete);

    /// <summary>Work of the simulation itself in the midst of an instance's.</summary>
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

    /// <exception cref="InvalidOperationException">The caller is on another thread: what it does has no place in a fixed order.</exception>
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

/// <summary>Where the code of one instance continues. After a kill it never does.</summary>
public sealed class InstanceContext(Loop loop) : SynchronizationContext
{
    public bool IsDead { get; set; }

    public override void Post(SendOrPostCallback d, object? state) => loop.Add(this, d, state);

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing in the app may block.");
}
