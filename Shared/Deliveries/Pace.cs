using System.Collections.Concurrent;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Keeps this instance within what a destination takes. Waiting happens before the claim, and is no attempt.</summary>
public sealed class Pace(TimeProvider time)
{
    /// <summary>A shorter wait is waited out; a longer one is left to the queue, which counts whole seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Null: it is this one's turn now. Otherwise when to come back.</summary>
    /// <param name="key">The account whose limit it is.</param>
    /// <param name="perSecond">How many it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<DateTimeOffset?> EnterAsync(string key, double perSecond, CancellationToken cancellationToken)
    {
        var line = _lines.GetOrAdd(key, _ => new Line());
        var now = time.GetUtcNow();
        var (slot, isTaken) = line.Take(now, TimeSpan.FromSeconds(1 / perSecond));
        if (!isTaken)
        {
            return slot;
        }

        if (slot > now)
        {
            await Task.Delay(slot - now, time, cancellationToken);
        }

        return null;
    }

    private sealed class Line
    {
        private readonly Lock _gate = new();
        private DateTimeOffset _next;
        private DateTimeOffset _back;

        /// <summary>A slot that is taken, or a time at which to ask again; those who ask again are spread like the slots.</summary>
        public (DateTimeOffset At, bool IsTaken) Take(DateTimeOffset now, TimeSpan interval)
        {
            lock (_gate)
            {
                var slot = _next > now ? _next : now;
                if (slot - now <= Patience)
                {
                    _next = slot + interval;
                    return (slot, true);
                }

                _back = (_back > slot ? _back : slot) + interval;
                return (_back, false);
            }
        }
    }
}
