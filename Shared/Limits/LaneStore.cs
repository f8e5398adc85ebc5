using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Limits;

/// <summary>A limit's row as read or written, with its ETag; default: it does not exist yet.</summary>
public sealed record StoredLanes(LaneRow Row, ETag ETag);

/// <summary>Stores the limits' rows in partition <c>limits|control</c> of the journal table. Keys are stored only as hashes.</summary>
public sealed class LaneStore(JournalTable table)
{
    private const string Partition = "limits|control";
    private const string Leases = "Leases", Waiting = "Waiting";

    public async Task<StoredLanes> ReadAsync(string limit, CancellationToken cancellationToken)
    {
        var row = await table.FindAsync(Partition, JournalKeys.Hash(limit), cancellationToken);
        return row is null ? new StoredLanes(LaneRow.Empty, default) : new StoredLanes(new LaneRow(
            JsonSerializer.Deserialize(row.GetString(Leases) ?? "[]", LaneContext.Default.ImmutableListLaneLease)!,
            JsonSerializer.Deserialize(row.GetString(Waiting) ?? "[]", LaneContext.Default.ImmutableListLaneWaiter)!), row.ETag);
    }

    /// <summary>Null when another writer was first.</summary>
    public async Task<StoredLanes?> WriteAsync(string limit, StoredLanes seen, LaneRow next, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition, JournalKeys.Hash(limit))
        {
            [Leases] = JsonSerializer.Serialize(next.Leases, LaneContext.Default.ImmutableListLaneLease),
            [Waiting] = JsonSerializer.Serialize(next.Waiting, LaneContext.Default.ImmutableListLaneWaiter),
        };
        if (seen.ETag != default)
        {
            return await table.ReplaceAsync(row, seen.ETag, cancellationToken) is { } etag ? new StoredLanes(next, etag) : null;
        }

        return await table.AddAsync(row, cancellationToken) ? await ReadAsync(limit, cancellationToken) : null;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImmutableList<LaneLease>))]
[JsonSerializable(typeof(ImmutableList<LaneWaiter>))]
internal sealed partial class LaneContext : JsonSerializerContext;
