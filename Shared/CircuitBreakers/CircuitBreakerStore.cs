using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.CircuitBreakers;

/// <summary>The circuit breakers of all pipelines, kept in the journal table and read at most every five seconds per pipeline.</summary>
public sealed class CircuitBreakerStore(JournalTable table, TimeProvider time)
{
    public static readonly TimeSpan CacheFor = TimeSpan.FromSeconds(5);

    /// <summary>Wait before the first probe of an open breaker.</summary>
    public static readonly TimeSpan FirstProbe = TimeSpan.FromSeconds(5);

    // Stored rows and columns keep their older names: a *closed gate* is an open circuit breaker, a *trial* its half-open state.
    private const string RowPrefix = "gate|", RowEnd = "gate}";
    private const string OpenColumn = "Closed", OpenedBy = "ClosedBy", ProbeOperation = "Trial", LastFailed = "LastFailed";

    private static readonly TimeSpan LongestProbeWait = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyList<CircuitBreakerState> Breakers)> _cache = new(StringComparer.Ordinal);

    /// <summary>The open breaker that stops work for this system, if any: the pipeline's own first.</summary>
    public async ValueTask<CircuitBreakerState?> FindOpenAsync(string pipeline, string name, CancellationToken cancellationToken)
    {
        var breakers = await AllAsync(pipeline, cancellationToken);
        return breakers.FirstOrDefault(b => b.IsOpen && b.Name == CircuitBreakerState.Pipeline) ?? breakers.FirstOrDefault(b => b.IsOpen && b.Name == name);
    }

    public async ValueTask<IReadOnlyList<CircuitBreakerState>> AllAsync(string pipeline, CancellationToken cancellationToken) =>
        _cache.TryGetValue(pipeline, out var cached) && time.GetUtcNow() - cached.At < CacheFor
            ? cached.Breakers
            : await ReadAsync(pipeline, cancellationToken);

    /// <summary>The breaker if it was half-open when it was last read; does not access storage.</summary>
    public CircuitBreakerState? PeekHalfOpen(string pipeline, string name) =>
        _cache.TryGetValue(pipeline, out var cached) ? cached.Breakers.FirstOrDefault(b => b.Name == name && b.IsHalfOpen) : null;

    /// <summary>The breakers as stored.</summary>
    public async Task<IReadOnlyList<CircuitBreakerState>> ReadAsync(string pipeline, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var rows = await table.RangeAsync(Partition(pipeline), RowPrefix, RowEnd, 100, null, cancellationToken);
        var breakers = rows.ConvertAll(ToState);
        _cache[pipeline] = (at, breakers);
        return breakers;
    }

    /// <summary>A breaker that reopens this soon after it closed waits longer for its next probe.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);

    /// <summary>True when this call opened it: only then is an alert raised. An open breaker keeps its first reason.</summary>
    public async Task<bool> OpenAsync(string pipeline, CircuitBreakerState breaker, CancellationToken cancellationToken)
    {
        // A caller that finds its own token opened the breaker, even if the reply to that write was lost.
        var token = RandomNumberGenerator.GetHexString(16);
        try
        {
            while (true)
            {
                var current = await table.FindAsync(Partition(pipeline), Row(breaker.Name), cancellationToken);
                if (current is not null && ToState(current).IsOpen)
                {
                    return current.GetString(OpenedBy) == token;
                }

                if (current is not null && ToState(current) is { Probes: var probes, Since: var since } && breaker.Since - since < Soon)
                {
                    breaker = breaker with { Probes = probes + 1, ProbeAt = breaker.ProbeAt is null ? null : breaker.Since + ProbeWait(probes + 1) };
                }

                var row = ToRow(pipeline, breaker);
                row[OpenedBy] = token;
                if (current is null
                    ? await table.AddAsync(row, cancellationToken)
                    : await table.ReplaceAsync(row, current.ETag, cancellationToken) is not null)
                {
                    return true;
                }
            }
        }
        finally
        {
            _cache.TryRemove(pipeline, out _);
        }
    }

    /// <summary>How long an open breaker waits for its next probe: twice as long after each that failed.</summary>
    public static TimeSpan ProbeWait(int probes)
    {
        var wait = FirstProbe * Math.Pow(2, Math.Min(probes, 10));
        return wait < LongestProbeWait ? wait : LongestProbeWait;
    }

    /// <summary>Changes a breaker unless another instance opened or closed it since; then false, as when <paramref name="change"/> returns null.</summary>
    public async Task<bool> ChangeAsync(string pipeline, CircuitBreakerState seen, Func<CircuitBreakerState, CircuitBreakerState?> change, CancellationToken cancellationToken)
    {
        var current = await table.FindAsync(Partition(pipeline), Row(seen.Name), cancellationToken);
        if (current is null || ToState(current).IsOpen != seen.IsOpen || change(ToState(current)) is not { } changed)
        {
            return false;
        }

        var written = await table.ReplaceAsync(ToRow(pipeline, changed), current.ETag, cancellationToken);
        _cache.TryRemove(pipeline, out _);
        return written is not null;
    }

    private static string Partition(string pipeline) => $"{pipeline}|control";

    private static string Row(string name) => RowPrefix + name;

    private static TableEntity ToRow(string pipeline, CircuitBreakerState breaker) => new(Partition(pipeline), Row(breaker.Name))
    {
        ["Name"] = breaker.Name,
        [OpenColumn] = breaker.IsOpen,
        ["Code"] = breaker.Code,
        ["Message"] = breaker.Message,
        ["Since"] = breaker.Since,
        ["ProbeAt"] = breaker.ProbeAt,
        ["Probes"] = breaker.Probes,
        [ProbeOperation] = breaker.ProbeOperation,
        [LastFailed] = breaker.LastFailed,
    };

    private static CircuitBreakerState ToState(TableEntity row) => new(
        row.GetString("Name"),
        row.GetBoolean(OpenColumn) ?? false,
        row.GetString("Code"),
        row.GetString("Message"),
        row.GetDateTimeOffset("Since") ?? default,
        row.GetDateTimeOffset("ProbeAt"),
        row.GetInt32("Probes") ?? 0)
    {
        ProbeOperation = row.GetString(ProbeOperation),
        LastFailed = row.GetString(LastFailed),
    };
}
