using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>A replay as it was read, with the ETag under which it may be changed.</summary>
public sealed record StoredReplay(Replay Replay, ETag ETag);

/// <summary>Keeps replays in partition <c>replays</c> of the journal table.</summary>
public sealed class ReplayStore(JournalTable table)
{
    private const string Partition = "replays";
    private const int MaxListed = 1_000;

    public Task AddAsync(Replay replay, CancellationToken cancellationToken) => table.AddAsync(Row(replay), cancellationToken);

    public async Task<StoredReplay?> FindAsync(string id, CancellationToken cancellationToken) =>
        await table.FindAsync(Partition, id, cancellationToken) is { } row ? Read(row) : null;

    public async Task<IReadOnlyList<StoredReplay>> RunningAsync(CancellationToken cancellationToken)
    {
        var running = TableClient.CreateQueryFilter($"State eq {nameof(ReplayState.Running)}");
        return (await table.RangeAsync(Partition, "0", "~", MaxListed, running, cancellationToken)).ConvertAll(Read);
    }

    /// <summary>Null when somebody else changed it in between.</summary>
    public async Task<StoredReplay?> UpdateAsync(StoredReplay current, Replay next, CancellationToken cancellationToken) =>
        await table.ReplaceAsync(Row(next), current.ETag, cancellationToken) is { } etag ? new StoredReplay(next, etag) : null;

    private static TableEntity Row(Replay replay) => new(Partition, replay.Id)
    {
        ["State"] = replay.State.ToString(),
        ["Replay"] = JsonSerializer.Serialize(replay, ReplayContext.Default.Replay),
    };

    private static StoredReplay Read(TableEntity row) =>
        new(JsonSerializer.Deserialize(row.GetString("Replay"), ReplayContext.Default.Replay)
            ?? throw new InvalidDataException($"Replay {row.RowKey} is empty in the journal."), row.ETag);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Replay))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(ReplayView))]
[JsonSerializable(typeof(ReplayPreview))]
internal sealed partial class ReplayContext : JsonSerializerContext;
