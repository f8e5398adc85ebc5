namespace UonOfferum.Simulators;

/// <summary>
/// The programmed replies of one scope. Counted ones come first, in the order they were set; when they are used up, the one that is
/// active until cleared; then the permanent one; then the simulator behaves normally.
/// </summary>
public sealed class ReplyScript<TReply>
    where TReply : struct, Enum
{
    private readonly Lock _lock = new();
    private readonly Queue<(TReply Reply, int Count)> _counted = new();
    private TReply? _untilCleared;
    private TReply? _forEver;
    private int _used;
    private volatile bool _empty = true;

    /// <summary>Programs one reply; without <paramref name="repeat"/> it is active until cleared.</summary>
    public ReplyScript<TReply> Set(TReply reply, Repeat? repeat = null)
    {
        repeat ??= Repeat.UntilCleared;
        lock (_lock)
        {
            if (repeat.Count is { } count)
            {
                _counted.Enqueue((reply, count));
            }
            else if (repeat.SurvivesClear)
            {
                _forEver = reply;
            }
            else
            {
                _untilCleared = reply;
            }

            _empty = false;
        }

        return this;
    }

    /// <summary>Queues replies that are given once each, in this order.</summary>
    public ReplyScript<TReply> Next(params IEnumerable<TReply> replies)
    {
        foreach (var reply in replies)
        {
            Set(reply, Repeat.Once);
        }

        return this;
    }

    public void Clear()
    {
        lock (_lock)
        {
            _counted.Clear();
            _used = 0;
            _untilCleared = null;
            _empty = _forEver is null;
        }
    }

    internal TReply? Take()
    {
        // Fast path, for benchmarks: nothing is programmed.
        if (_empty)
        {
            return null;
        }

        lock (_lock)
        {
            if (!_counted.TryPeek(out var first))
            {
                return _untilCleared ?? _forEver;
            }

            if (++_used == first.Count)
            {
                _counted.Dequeue();
                _used = 0;
                _empty = _counted.Count == 0 && _untilCleared is null && _forEver is null;
            }

            return first.Reply;
        }
    }
}
