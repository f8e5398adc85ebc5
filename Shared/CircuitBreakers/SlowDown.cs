using System.Collections.Concurrent;

namespace UonOfferum.Shared.CircuitBreakers;

/// <summary>
/// A system that answers 429 is healthy but rate-limits us: sending pauses for the requested time, and its circuit breaker stays closed.
/// The wait does not count as an attempt.
/// </summary>
public sealed class SlowDown(TimeProvider time)
{
    /// <summary>The wait when there is no Retry-After; doubled with each further 429 without a success in between.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>The longest Retry-After that is honoured.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Pipeline, string Name), (DateTimeOffset Until, int Times)> _slow = new();

    public void Throttled(string pipeline, string name, TimeSpan? retryAfter)
    {
        var now = time.GetUtcNow();
        _slow.AddOrUpdate(
            (pipeline, name),
            _ => (now + Wait(retryAfter, 0), 1),
            // The replies to concurrent requests count as one refusal.
            (_, slow) => slow.Until > now ? (Later(slow.Until, now + Wait(retryAfter, slow.Times - 1)), slow.Times) : (now + Wait(retryAfter, slow.Times), slow.Times + 1));
    }

    public void Answered(string pipeline, string name)
    {
        if (!_slow.IsEmpty)
        {
            _slow.TryRemove((pipeline, name), out _);
        }
    }

    /// <summary>When the next request may be sent; null: now.</summary>
    public DateTimeOffset? Until(string pipeline, string name) =>
        !_slow.IsEmpty && _slow.TryGetValue((pipeline, name), out var slow) && slow.Until > time.GetUtcNow() ? slow.Until : null;

    private static TimeSpan Wait(TimeSpan? retryAfter, int times)
    {
        var own = First * Math.Pow(2, Math.Clamp(times, 0, 10));
        var asked = retryAfter ?? TimeSpan.Zero;
        return asked > own ? Shorter(asked, LongestAsked) : Shorter(own, Longest);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
