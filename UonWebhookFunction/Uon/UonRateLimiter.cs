using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>
/// Keeps each key below its share of what U-ON allows (ten calls a second, then 429). Callers wait their turn here, in the order
/// in which they came.
/// </summary>
public sealed class UonRateLimiter : IDisposable
{
    /// <summary>More callers than this do not wait: they are told that there is no turn for them.</summary>
    public const int MaxWaiting = 1_000;

    private readonly ConcurrentDictionary<string, Lazy<TokenBucketRateLimiter>> _byKey = new(StringComparer.Ordinal);

    /// <returns>False when too many wait already.</returns>
    public async ValueTask<bool> WaitAsync(UonSettings settings, CancellationToken cancellationToken)
    {
        // Pipelines that share a key share its limit; the first to come sets the pace.
        var limiter = _byKey.GetOrAdd(settings.ApiKey, _ => new(() => new TokenBucketRateLimiter(OptionsFor(settings.RequestsPerSecond))));
        using var lease = await limiter.Value.AcquireAsync(permitCount: 1, cancellationToken);
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        foreach (var limiter in _byKey.Values)
        {
            limiter.Value.Dispose();
        }
    }

    /// <summary>
    /// Up to 100 a second one token comes at a time and one is spare, so that no second sees more than the rate and two. Above that
    /// (only test servers allow it) a timer's resolution asks for a hundredth of the rate at a time. Periods are whole
    /// milliseconds, rounded up, as the timer would otherwise round them down and so run too fast.
    /// </summary>
    internal static TokenBucketRateLimiterOptions OptionsFor(double requestsPerSecond)
    {
        var atATime = (int)Math.Ceiling(requestsPerSecond / 100);
        return new()
        {
            TokensPerPeriod = atATime,
            TokenLimit = atATime + 1,
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(Math.Ceiling(1000 * atATime / requestsPerSecond)),
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            QueueLimit = MaxWaiting,
            AutoReplenishment = true,
        };
    }
}
