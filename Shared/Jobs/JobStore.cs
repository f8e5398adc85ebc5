using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Jobs;

/// <summary>Keeps the jobs' rows in partition <c>jobs|control</c> of the journal table.</summary>
public sealed class JobStore(JournalTable table)
{
    private const string Partition = "jobs|control";
    private const int MaxJobs = 1_000;

    /// <summary>All stored rows by name, in one request.</summary>
    public async Task<IReadOnlyDictionary<string, JobState>> ReadAllAsync(CancellationToken cancellationToken) =>
        (await table.RangeAsync(Partition, "!", "~", MaxJobs, null, cancellationToken)).Select(Read).ToDictionary(state => state.Name, StringComparer.Ordinal);

    /// <summary>A row that was never written is returned as default.</summary>
    public async Task<JobState> ReadAsync(string name, CancellationToken cancellationToken) =>
        await table.FindAsync(Partition, name, cancellationToken) is { } row ? Read(row) : new JobState(name);

    /// <summary>Null when another writer changed the row in between.</summary>
    public async Task<JobState?> WriteAsync(JobState state, CancellationToken cancellationToken)
    {
        if (state.ETag != default)
        {
            return await table.ReplaceAsync(Row(state), state.ETag, cancellationToken) is { } etag ? state with { ETag = etag } : null;
        }

        return await table.AddAsync(Row(state), cancellationToken) ? await ReadAsync(state.Name, cancellationToken) : null;
    }

    /// <summary>Changes the row, retrying on every ETag conflict. Null when the change no longer applies.</summary>
    /// <param name="seen">The row as it was read last.</param>
    /// <param name="change">From the stored state to the next; null: leave it.</param>
    /// <param name="cancellationToken">Ends the tries.</param>
    public async Task<JobState?> ChangeAsync(JobState seen, Func<JobState, JobState?> change, CancellationToken cancellationToken)
    {
        while (change(seen) is { } next)
        {
            if (await WriteAsync(next, cancellationToken) is { } written)
            {
                return written;
            }

            seen = await ReadAsync(seen.Name, cancellationToken);
        }

        return null;
    }

    private static TableEntity Row(JobState state) => new(Partition, state.Name)
    {
        [nameof(JobState.LastRun)] = state.LastRun,
        [nameof(JobState.Duration)] = state.Duration?.TotalSeconds,
        [nameof(JobState.Error)] = state.Error,
        [nameof(JobState.Asked)] = state.Asked,
        [nameof(JobState.Serving)] = state.Serving,
        [nameof(JobState.Owner)] = state.Owner,
        [nameof(JobState.LeaseUntil)] = state.LeaseUntil,
    };

    private static JobState Read(TableEntity row) => new(row.RowKey)
    {
        LastRun = row.GetDateTimeOffset(nameof(JobState.LastRun)),
        Duration = row.GetDouble(nameof(JobState.Duration)) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Error = row.GetString(nameof(JobState.Error)),
        Asked = row.GetString(nameof(JobState.Asked)),
        Serving = row.GetString(nameof(JobState.Serving)),
        Owner = row.GetString(nameof(JobState.Owner)),
        LeaseUntil = row.GetDateTimeOffset(nameof(JobState.LeaseUntil)),
        ETag = row.ETag,
    };
}
