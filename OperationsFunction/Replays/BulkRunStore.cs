using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Work on many operations with its progress in the journal: a replay or a backfill.</summary>
public interface IBulkRun<out TRun>
{
    /// <summary>UUIDv7: newest last.</summary>
    string Id { get; }

    ReplayState State { get; }

    /// <summary>The current batch: after a crash its messages are sent once more.</summary>
    IReadOnlyList<string> InFlight { get; }

    TRun Cancelled(string? by);
}

/// <summary>A run as read, with the ETag for its next update.</summary>
public sealed record StoredRun<TRun>(TRun Run, ETag ETag);

/// <summary>Keeps runs of one kind in a partition of the journal table, each as JSON in one column.</summary>
public abstract class BulkRunStore<TRun>(JournalTable table, string partition, string column, JsonTypeInfo<TRun> type)
    where TRun : class, IBulkRun<TRun>
{
    private const int MaxListed = 1_000;

    public Task AddAsync(TRun run, CancellationToken cancellationToken) => table.AddAsync(Row(run), cancellationToken);

    /// <summary>Null when there is none, or when <paramref name="id"/> is not a UUID.</summary>
    public async Task<StoredRun<TRun>?> FindAsync(string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var guid) && await table.FindAsync(partition, guid.ToString("D"), cancellationToken) is { } row ? Read(row) : null;

    public async Task<IReadOnlyList<StoredRun<TRun>>> RunningAsync(CancellationToken cancellationToken)
    {
        var running = TableClient.CreateQueryFilter($"State eq {nameof(ReplayState.Running)}");
        return (await table.RangeAsync(partition, "0", "~", MaxListed, running, cancellationToken)).ConvertAll(Read);
    }

    /// <summary>Null when it was changed by another writer in between.</summary>
    public async Task<StoredRun<TRun>?> UpdateAsync(StoredRun<TRun> current, TRun next, CancellationToken cancellationToken) =>
        await table.ReplaceAsync(Row(next), current.ETag, cancellationToken) is { } etag ? new StoredRun<TRun>(next, etag) : null;

    /// <summary>The run after the call: a run that has ended is not changed. Null when there is none.</summary>
    public async Task<TRun?> CancelAsync(string id, string? by, CancellationToken cancellationToken)
    {
        while (await FindAsync(id, cancellationToken) is { } stored)
        {
            if (stored.Run.State != ReplayState.Running)
            {
                return stored.Run;
            }

            if (await UpdateAsync(stored, stored.Run.Cancelled(by), cancellationToken) is { } cancelled)
            {
                return cancelled.Run;
            }
        }

        return null;
    }

    private TableEntity Row(TRun run) => new(partition, run.Id)
    {
        ["State"] = run.State.ToString(),
        [column] = JsonSerializer.Serialize(run, type),
    };

    private StoredRun<TRun> Read(TableEntity row) =>
        new(JsonSerializer.Deserialize(row.GetString(column), type)
            ?? throw new InvalidDataException($"{column} {row.RowKey} is empty in the journal."), row.ETag);
}
