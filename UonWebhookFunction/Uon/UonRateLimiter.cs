using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using UonOfferum.Shared.Limits;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>
/// Keeps all instances together below U-ON's limit for each key (ten calls a second, then 429). Callers wait for a slot here, but
/// not for long: a function has a time limit, and another instance may have a free slot sooner.
/// </summary>
public sealed class UonRateLimiter(SharedLimiter? shared = null, TimeProvider? time = null) : IDisposable
{
    /// <summary>A slot that is further away is not waited for.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Callers beyond this number do not wait: they get no permit.</summary>
    public const int MaxWaiting = 1_000;

    private readonly ConcurrentDictionary<string, Lazy<TokenBucketRateLimiter>> _byKey = new(StringComparer.Ordinal);

    /// <summary>Null: call now. Otherwise the time until a slot may be free; none is reserved.</summary>
    public async ValueTask<TimeSpan?> AcquireAsync(UonSettings settings, CancellationToken cancellationToken)
    {
        if (shared is null || settings.RequestsPerSecond > SharedLimiter.MostShared)
        {
            return await WaitAsync(settings, cancellationToken) ? null : LongestWait;
        }

        // Pipelines that share a key share its limit.
        var turn = await shared.AcquireAsync($"uon|{settings.BaseAddress.Host}|{settings.ApiKey}", settings.RequestsPerSecond, LongestWait, cancellationToken);
        return turn.ComeBackAt is { } at ? at - (time ?? TimeProvider.System).GetUtcNow() : null;
    }

    /// <returns>False when too many callers are already waiting.</returns>
    public async ValueTask<bool> WaitAsync(UonSettings settings, CancellationToken cancellationToken)
    {
        // Pipelines that share a key share its limit; the first one sets the rate.
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
    /// Up to 100 a second, one token is added at a time and one is spare, so that no second exceeds the rate by more than two. Above that
    /// (only test servers allow it) the timer's resolution requires adding a hundredth of the rate at a time. Periods are whole
    /// milliseconds, rounded up, because the timer would otherwise round them down and run too fast.
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
