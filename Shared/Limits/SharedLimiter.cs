using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.Limits;

/// <param name="ComeBackAt">Null: call now. Otherwise no slot was reserved; try again at this time.</param>
/// <param name="Spacing">The current time between two calls of this instance.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LimiterTurn(DateTimeOffset? ComeBackAt, TimeSpan Spacing);

/// <summary>
/// Keeps all instances together within one rate for each key of an external system. An instance leases lanes of the rate in one row per key for some
/// seconds at a time, and within its lease needs no storage request. Rationale: docs/decisions/0019-shared-limiter.md.
/// </summary>
public sealed class SharedLimiter(LaneStore store, Jitter jitter, TimeProvider time) : IHostedService, IDisposable
{
    /// <summary>Above this rate, which only test servers allow, each instance applies its own limit.</summary>
    public const double MostShared = 100;

    /// <summary>Check again this soon, because an instance may release its lanes before its lease expires.</summary>
    internal static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(5);

    private readonly string _me = RandomNumberGenerator.GetHexString(8);
    private readonly ConcurrentDictionary<string, RateInForce> _rates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Name, double PerSecond), SharedLimit> _limits = new();

    /// <summary>Waits for a slot, if one comes soon enough.</summary>
    /// <param name="limit">The key or account; stored as a hash.</param>
    /// <param name="perSecond">Calls per second across all instances; of several rates the lowest applies.</param>
    /// <param name="maxWait">A slot that is further away is not waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<LimiterTurn> AcquireAsync(string limit, double perSecond, TimeSpan maxWait, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var rate = _rates.GetOrAdd(limit, _ => new RateInForce()).Of(perSecond, asked);
        var shared = _limits.GetOrAdd((limit, rate), key => new SharedLimit(key.Name, _me, LaneGrid.Of(key.PerSecond), store, jitter, time));
        var deadline = asked + maxWait;
        while (true)
        {
            DateTimeOffset at;
            bool isReserved;
            try
            {
                (at, isReserved) = await shared.ReserveAsync(deadline, cancellationToken);
            }
            catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
            {
                // Without the row the other callers are unknown.
                return new LimiterTurn(time.GetUtcNow() + RestAfterFailure, shared.Spacing);
            }

            var now = time.GetUtcNow();
            var until = !isReserved && at > now + LookAgain ? now + LookAgain : at;
            if (!isReserved && until > deadline)
            {
                return new LimiterTurn(at, shared.Spacing);
            }

            if (until > now)
            {
                await Task.Delay(until - now, time, cancellationToken);
            }

            if (isReserved)
            {
                return new LimiterTurn(null, shared.Spacing);
            }
        }
    }

    public void Dispose()
    {
        foreach (var limit in _limits.Values)
        {
            limit.Dispose();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Releases the lanes, so that another instance need not wait until their leases expire.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_limits.Values.Select(limit => limit.ReturnAsync(cancellationToken)));
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) || e is OperationCanceledException)
        {
            // The leases expire automatically.
        }
    }
}
