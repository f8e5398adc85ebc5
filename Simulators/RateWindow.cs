namespace UonOfferum.Simulators;

/// <summary>Permits a fixed number of calls in any one second (a sliding window); refused calls do not count.</summary>
internal sealed class RateWindow
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _let = new();

    public bool TryEnter(DateTimeOffset now, int limit)
    {
        lock (_lock)
        {
            while (_let.TryPeek(out var oldest) && now - oldest >= Length)
            {
                _let.Dequeue();
            }

            if (_let.Count >= limit)
            {
                return false;
            }

            _let.Enqueue(now);
            return true;
        }
    }

    /// <summary>The highest number of calls within any period of this length.</summary>
    public static int Busiest(IEnumerable<DateTimeOffset> calls, TimeSpan length)
    {
        var window = new Queue<DateTimeOffset>();
        var most = 0;
        foreach (var call in calls.Order())
        {
            window.Enqueue(call);
            while (call - window.Peek() >= length)
            {
                window.Dequeue();
            }

            most = Math.Max(most, window.Count);
        }

        return most;
    }
}
