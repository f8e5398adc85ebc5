using System.Collections.Concurrent;
using UonOfferum.Shared.Limits;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Keeps all instances together within a destination account's rate limit. Waiting happens before the claim and is not an attempt.</summary>
public sealed class DestinationRateLimiter(TimeProvider time, SharedLimiter? shared = null)
{
    /// <summary>A shorter wait happens in the process; a longer one returns the message to the queue, which uses whole seconds.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Null: send now. Otherwise the time to try again.</summary>
    /// <param name="key">The account that the limit belongs to.</param>
    /// <param name="perSecond">Permitted requests per second.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<DateTimeOffset?> AcquireAsync(string key, double perSecond, CancellationToken cancellationToken)
    {
        var line = _lines.GetOrAdd(key, _ => new Line());
        if (shared is not null && perSecond <= SharedLimiter.MostShared)
        {
            var turn = await shared.AcquireAsync($"destination|{key}", perSecond, MaxWait, cancellationToken);
            return turn.ComeBackAt is { } at ? line.Back(at, turn.Spacing) : null;
        }

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
        private readonly Lock _lock = new();
        private DateTimeOffset _next;
        private DateTimeOffset _back;

        /// <summary>A reserved slot, or the time to ask again; these times are spread like the slots.</summary>
        public (DateTimeOffset At, bool IsTaken) Take(DateTimeOffset now, TimeSpan interval)
        {
            lock (_lock)
            {
                var slot = _next > now ? _next : now;
                if (slot - now <= MaxWait)
                {
                    _next = slot + interval;
                    return (slot, true);
                }

                return (Spread(slot, interval), false);
            }
        }

        /// <summary>When to try again without a slot; these times are spread out, too.</summary>
        public DateTimeOffset Back(DateTimeOffset at, TimeSpan spacing)
        {
            lock (_lock)
            {
                return Spread(at, spacing);
            }
        }

        private DateTimeOffset Spread(DateTimeOffset at, TimeSpan interval) => _back = (_back > at ? _back : at) + interval;
    }
}
