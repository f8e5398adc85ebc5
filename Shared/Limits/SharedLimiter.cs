using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.Limits;

/// <param name="ComeBackAt">Null: go. Otherwise no turn was reserved; ask again then.</param>
/// <param name="Spacing">Between two calls of this instance at present.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LimiterTurn(DateTimeOffset? ComeBackAt, TimeSpan Spacing);

/// <summary>
/// Holds all instances together to one rate for each key of an outside system. An instance leases lanes of the rate in one row per key, some
/// seconds at a time, and within its lease asks nobody. Why this way: docs/decisions/0019-shared-limiter.md.
/// </summary>
public sealed class SharedLimiter(LaneStore store, Jitter jitter, TimeProvider time) : IHostedService, IDisposable
{
    /// <summary>Above this rate, which only test servers allow, each instance keeps its own.</summary>
    public const double MostShared = 100;

    /// <summary>An instance may give its lanes back before its lease is over.</summary>
    internal static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(5);

    private readonly string _me = RandomNumberGenerator.GetHexString(8);
    private readonly ConcurrentDictionary<string, RateInForce> _rates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Name, double PerSecond), SharedLimit> _limits = new();

    /// <summary>Waits for a turn, if one comes soon enough.</summary>
    /// <param name="limit">Names the key or account; it is stored as a hash.</param>
    /// <param name="perSecond">Calls a second of all instances together; of several rates the lowest counts.</param>
    /// <param name="maxWait">A turn that is farther away is not waited for.</param>
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
                // Without the row nobody knows who else calls.
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

    /// <summary>Gives the lanes back, so that another instance need not wait for the end of their leases.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_limits.Values.Select(limit => limit.ReturnAsync(cancellationToken)));
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) || e is OperationCanceledException)
        {
            // They run out by themselves.
        }
    }
}
