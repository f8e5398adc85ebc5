using System.Collections;

namespace UonOfferum.Simulators;

/// <summary>What a simulator received, in order of arrival. Bounded: beyond <see cref="Capacity"/> the oldest call is dropped.</summary>
public sealed class CallLog<TCall> : IEnumerable<TCall>
{
    public const int Capacity = 200_000;

    private readonly Lock _lock = new();
    private readonly Queue<TCall> _calls = new();
    private readonly List<Waiter> _waiters = [];
    private long _total;

    /// <summary>Off: calls are counted but not kept, and <see cref="WaitForAsync"/> sees only later ones.</summary>
    public bool Recording { get; set; } = true;

    /// <summary>Every call since the start or the last <see cref="Clear"/>, kept or not.</summary>
    public long Total => Interlocked.Read(ref _total);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _calls.Count;
            }
        }
    }

    /// <summary>Completes when <paramref name="count"/> calls that match have arrived, those already kept included.</summary>
    public async Task WaitForAsync(int count, Func<TCall, bool> match, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            waiter = new Waiter(match, count - _calls.Count(match));
            if (waiter.Missing <= 0)
            {
                return;
            }

            _waiters.Add(waiter);
        }

        try
        {
            await waiter.Done.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _calls.Clear();
            _total = 0;
        }
    }

    /// <summary>Enumerates a copy: calls that arrive during the enumeration are not included.</summary>
    public IEnumerator<TCall> GetEnumerator()
    {
        lock (_lock)
        {
            return _calls.ToList().GetEnumerator();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Every call; throws when some were not kept, so that no assertion passes only because calls are missing.</summary>
    internal IReadOnlyList<TCall> All()
    {
        lock (_lock)
        {
            return _calls.Count == _total
                ? _calls.ToList()
                : throw new InvalidOperationException(
                    $"Only {_calls.Count} of {_total} calls were kept: switch the recording on, or stay below {Capacity}.");
        }
    }

    internal void Add(TCall call)
    {
        lock (_lock)
        {
            _total++;
            if (Recording)
            {
                _calls.Enqueue(call);
                if (_calls.Count > Capacity)
                {
                    _calls.Dequeue();
                }
            }

            foreach (var waiter in _waiters)
            {
                waiter.See(call);
            }
        }
    }

    private sealed class Waiter(Func<TCall, bool> match, int missing)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Missing { get; private set; } = missing;

        public void See(TCall call)
        {
            if (match(call) && --Missing == 0)
            {
                Done.TrySetResult();
            }
        }
    }
}
