using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Gates;

/// <summary>The gates of all pipelines, kept in the journal table and read at most every five seconds per pipeline.</summary>
public sealed class GateStore(JournalTable table, TimeProvider time)
{
    public static readonly TimeSpan CacheFor = TimeSpan.FromSeconds(5);

    /// <summary>Wait before the first probe of a closed gate.</summary>
    public static readonly TimeSpan FirstProbe = TimeSpan.FromSeconds(30);

    private const string ClosedBy = "ClosedBy";

    private static readonly TimeSpan LongestProbeWait = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyList<Gate> Gates)> _cache = new(StringComparer.Ordinal);

    /// <summary>The closed gate that stops work for this system, if any: the pipeline's own first.</summary>
    public async ValueTask<Gate?> ClosedAsync(string pipeline, string name, CancellationToken cancellationToken)
    {
        var gates = await AllAsync(pipeline, cancellationToken);
        return gates.FirstOrDefault(g => g.Closed && g.Name == Gate.Pipeline) ?? gates.FirstOrDefault(g => g.Closed && g.Name == name);
    }

    public async ValueTask<IReadOnlyList<Gate>> AllAsync(string pipeline, CancellationToken cancellationToken) =>
        _cache.TryGetValue(pipeline, out var cached) && time.GetUtcNow() - cached.At < CacheFor
            ? cached.Gates
            : await ReadAsync(pipeline, cancellationToken);

    /// <summary>The gates as they stand in storage.</summary>
    public async Task<IReadOnlyList<Gate>> ReadAsync(string pipeline, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var rows = await table.RangeAsync(Partition(pipeline), "gate|", "gate}", 100, null, cancellationToken);
        var gates = rows.ConvertAll(ToGate);
        _cache[pipeline] = (at, gates);
        return gates;
    }

    /// <summary>A gate that closes again this soon after its opening has learnt nothing new: the next probe waits longer.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);

    /// <summary>True when this call closed it: the one moment to raise an alert. A closed gate keeps its first reason.</summary>
    public async Task<bool> CloseAsync(string pipeline, Gate gate, CancellationToken cancellationToken)
    {
        // Whoever finds its own token closed the gate, even if the answer to that write was lost.
        var token = RandomNumberGenerator.GetHexString(16);
        try
        {
            while (true)
            {
                var current = await table.FindAsync(Partition(pipeline), Row(gate.Name), cancellationToken);
                if (current is not null && ToGate(current).Closed)
                {
                    return current.GetString(ClosedBy) == token;
                }

                if (current is not null && ToGate(current) is { Probes: var probes, Since: var since } && gate.Since - since < Soon)
                {
                    gate = gate with { Probes = probes + 1, ProbeAt = gate.ProbeAt is null ? null : gate.Since + ProbeWait(probes + 1) };
                }

                var row = ToRow(pipeline, gate);
                row[ClosedBy] = token;
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

    /// <summary>How long a closed gate waits for its next probe: twice as long after each that failed.</summary>
    public static TimeSpan ProbeWait(int probes)
    {
        var wait = FirstProbe * Math.Pow(2, Math.Min(probes, 10));
        return wait < LongestProbeWait ? wait : LongestProbeWait;
    }

    /// <summary>Changes a gate that is still as it was seen (closed, or open on trial); false when another instance was quicker.</summary>
    public async Task<bool> ChangeAsync(string pipeline, Gate seen, Func<Gate, Gate> change, CancellationToken cancellationToken)
    {
        var current = await table.FindAsync(Partition(pipeline), Row(seen.Name), cancellationToken);
        if (current is null || ToGate(current).Closed != seen.Closed)
        {
            return false;
        }

        var written = await table.ReplaceAsync(ToRow(pipeline, change(ToGate(current))), current.ETag, cancellationToken);
        _cache.TryRemove(pipeline, out _);
        return written is not null;
    }

    private static string Partition(string pipeline) => $"{pipeline}|control";

    private static string Row(string name) => $"gate|{name}";

    private static TableEntity ToRow(string pipeline, Gate gate) => new(Partition(pipeline), Row(gate.Name))
    {
        ["Name"] = gate.Name,
        ["Closed"] = gate.Closed,
        ["Code"] = gate.Code,
        ["Message"] = gate.Message,
        ["Since"] = gate.Since,
        ["ProbeAt"] = gate.ProbeAt,
        ["Probes"] = gate.Probes,
        ["Trial"] = gate.Trial,
    };

    private static Gate ToGate(TableEntity row) => new(
        row.GetString("Name"),
        row.GetBoolean("Closed") ?? false,
        row.GetString("Code"),
        row.GetString("Message"),
        row.GetDateTimeOffset("Since") ?? default,
        row.GetDateTimeOffset("ProbeAt"),
        row.GetInt32("Probes") ?? 0)
    {
        Trial = row.GetString("Trial"),
    };
}
