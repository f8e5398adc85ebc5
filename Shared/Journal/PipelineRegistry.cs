using Azure.Data.Tables;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Shared.Journal;

/// <summary>
/// Every pipeline that ever ran on this storage, in the partition <c>pipelines</c> of the journal: when it was first started, and when
/// its name was removed from the settings. This keeps the operations of a retired pipeline visible.
/// </summary>
public sealed class PipelineRegistry(JournalTable table, PipelineCatalog catalog, TimeProvider time)
{
    /// <summary>One row for each pipeline that was ever started, by its name.</summary>
    internal const string Partition = "pipelines";

    private const string FirstStarted = "FirstStarted", LookBackFrom = "LookBackFrom", GoneSince = "GoneSince", Accounts = "Accounts";

    /// <summary>More than any installation has; the read is one page.</summary>
    private const int MaxNames = 1_000;

    private static readonly TimeSpan CacheFor = TimeSpan.FromSeconds(30);

    private (DateTimeOffset At, IReadOnlyList<KnownPipeline> All)? _cached;

    /// <summary>When the last pipeline was removed, as of the last complete <see cref="RecordAsync"/>; null: none was made yet.</summary>
    private DateTimeOffset? _lastRemoval;

    /// <summary>Pipelines whose work is in the journal and whose name is not in the settings.</summary>
    public async ValueTask<IReadOnlyList<KnownPipeline>> RetiredAsync(CancellationToken cancellationToken) =>
        [.. (await AllAsync(cancellationToken)).Where(known => !catalog.Knows(known.Name))];

    /// <summary>Whether a pipeline was removed from the settings since then. Each process records its pipelines at its start, so this costs no request.</summary>
    public async ValueTask<bool> WereRemovedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (_lastRemoval is not { } last)
        {
            return (await RetiredAsync(cancellationToken)).Any(known => known.GoneSince is not { } gone || gone > since);
        }

        return last > since;
    }

    /// <summary>Pipelines that are invalid, or were removed from the settings since then: only their rows say where they sold.</summary>
    public async ValueTask<IReadOnlyList<KnownPipeline>> WithoutSettingsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var current = catalog.Current;
        return [.. (await AllAsync(cancellationToken)).Where(known => current.Knows(known.Name) ? current.TryFindInvalid(known.Name, out _) : known.GoneSince is not { } gone || gone > since)];
    }

    /// <summary>Pipelines of the settings first, then the retired ones.</summary>
    public async ValueTask<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) =>
        [.. catalog.Names, .. (await RetiredAsync(cancellationToken)).Select(known => known.Name)];

    /// <summary>Whether the journal may contain this name.</summary>
    public async ValueTask<bool> KnowsAsync(string name, CancellationToken cancellationToken) =>
        catalog.Knows(name) || (await RetiredAsync(cancellationToken)).Any(known => known.Name == name);

    /// <summary>Why a query for this name is refused; null when the journal may contain it.</summary>
    public async ValueTask<string?> RefusalAsync(string name, CancellationToken cancellationToken) => await KnowsAsync(name, cancellationToken)
        ? null
        : $"There is no pipeline '{name}'. Known: {string.Join(", ", await NamesAsync(cancellationToken))}.";

    /// <summary>Records created before then are not looked for. Not cached: another instance may have just started the pipeline.</summary>
    public async Task<DateTimeOffset> LookBackFromAsync(string name, CancellationToken cancellationToken)
    {
        if (await ReadAsync(name, cancellationToken) is { GoneSince: null } known)
        {
            return known.LookBackFrom;
        }

        await RecordAsync(new HashSet<string>(StringComparer.Ordinal) { name }, cancellationToken);
        return (await ReadAsync(name, cancellationToken))?.LookBackFrom ?? time.GetUtcNow();
    }

    /// <summary>
    /// Stores the pipelines of the settings. A name that was removed and is back starts again: records from the time in between are sold only if an operator
    /// requests it.
    /// </summary>
    /// <param name="names">The pipelines of the settings, valid or not; missing ones are marked as gone only if <paramref name="isComplete"/>.</param>
    /// <param name="isComplete">Whether the set of names is complete.</param>
    /// <param name="accounts">Hashes of the accounts, by pipeline; those of a missing one stay as they are.</param>
    /// <param name="cancellationToken">Ends the requests; the next call continues.</param>
    public async Task RecordAsync(
        IReadOnlySet<string> names, CancellationToken cancellationToken, bool isComplete = false, IReadOnlyDictionary<string, IReadOnlyList<string>>? accounts = null)
    {
        var known = (await ReadAsync(cancellationToken)).ToDictionary(k => k.Name, StringComparer.Ordinal);
        var now = time.GetUtcNow();
        foreach (var name in names)
        {
            var (sellsTo, from) = (accounts?.GetValueOrDefault(name), now);
            if (!known.TryGetValue(name, out var pipeline))
            {
                // An earlier version ran it: its reconciliation continues where it was.
                from = await HasRunAsync(name, cancellationToken) ? DateTimeOffset.UnixEpoch : now;
                if (await table.AddAsync(Row(new KnownPipeline(name, now, from, null) { Accounts = sellsTo ?? [] }), cancellationToken))
                {
                    continue;
                }

                // Another instance stored it meanwhile, perhaps one that does not know its settings yet.
                pipeline = await ReadAsync(name, cancellationToken);
            }

            if (pipeline?.GoneSince is not null)
            {
                await StartAsync(name, from, cancellationToken);
            }

            if (pipeline is not null && sellsTo?.SequenceEqual(pipeline.Accounts, StringComparer.Ordinal) == false)
            {
                await SetAccountsAsync(name, sellsTo, cancellationToken);
            }
        }

        if (isComplete)
        {
            var retired = known.Values.Where(k => !names.Contains(k.Name)).ToList();
            foreach (var gone in retired.Where(k => k.GoneSince is null))
            {
                await table.UpsertAsync(Row(gone with { GoneSince = now }), cancellationToken);
            }

            _lastRemoval = retired.Max(k => (DateTimeOffset?)(k.GoneSince ?? now)) ?? DateTimeOffset.MinValue;
        }

        _cached = null;
    }

    /// <summary>
    /// Stores a pipeline that is about to run for the first time; nothing if it is known. Its checks and hooks write rows of their own, which must
    /// not pass for those of an earlier version.
    /// </summary>
    public async Task AddAsync(string name, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await table.AddAsync(Row(new KnownPipeline(name, now, now, null)), cancellationToken);
        _cached = null;
    }

    /// <summary>Stores a name that occurs in the journal but not in the settings, because an earlier version ran it.</summary>
    public async Task RememberAsync(string name, CancellationToken cancellationToken)
    {
        if (!catalog.Knows(name) && await FindAsync(name, cancellationToken) is null)
        {
            var now = time.GetUtcNow();
            await table.AddAsync(Row(new KnownPipeline(name, now, now, now)), cancellationToken);
            _cached = null;
            _lastRemoval = _lastRemoval is null ? null : now;
        }
    }

    /// <summary>Starts a stopped pipeline: reconciliation looks back to this moment and no further.</summary>
    public async Task StartAsync(string name, DateTimeOffset lookBackFrom, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(name, cancellationToken) ?? new KnownPipeline(name, time.GetUtcNow(), lookBackFrom, null);
        await table.UpsertAsync(Row(known with { LookBackFrom = lookBackFrom, GoneSince = null }), cancellationToken);
        _cached = null;
    }

    /// <summary>By the ETag: an operator may start the pipeline meanwhile.</summary>
    private async Task SetAccountsAsync(string name, IReadOnlyList<string> accounts, CancellationToken cancellationToken)
    {
        TableEntity? row;
        do
        {
            row = await table.FindAsync(Partition, name, cancellationToken);
            if (row is not null)
            {
                row[Accounts] = string.Join(',', accounts);
            }
        }
        while (row is not null && await table.ReplaceAsync(row, row.ETag, cancellationToken) is null);
    }

    private async ValueTask<KnownPipeline?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken)).FirstOrDefault(known => known.Name == name);

    private async Task<KnownPipeline?> ReadAsync(string name, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).FirstOrDefault(known => known.Name == name);

    private async ValueTask<IReadOnlyList<KnownPipeline>> AllAsync(CancellationToken cancellationToken) =>
        _cached is { } cached && time.GetUtcNow() - cached.At < CacheFor ? cached.All : await ReadAsync(cancellationToken);

    private async Task<IReadOnlyList<KnownPipeline>> ReadAsync(CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        IReadOnlyList<KnownPipeline> all = (await table.RangeAsync(Partition, "", "~", MaxNames, null, cancellationToken)).ConvertAll(row => new KnownPipeline(
            row.RowKey, row.GetDateTimeOffset(FirstStarted) ?? default, row.GetDateTimeOffset(LookBackFrom) ?? at, row.GetDateTimeOffset(GoneSince))
        {
            Accounts = row.GetString(Accounts)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [],
        });
        _cached = (at, all);
        return all;
    }

    /// <summary>A pipeline that ran has rows for breakers, checkpoints or walk positions.</summary>
    private async Task<bool> HasRunAsync(string name, CancellationToken cancellationToken) =>
        (await table.RangeAsync($"{name}|control", "", "~", 1, null, cancellationToken)).Count > 0;

    private static TableEntity Row(KnownPipeline known) => new(Partition, known.Name)
    {
        [FirstStarted] = known.FirstStarted,
        [LookBackFrom] = known.LookBackFrom,
        [GoneSince] = known.GoneSince,
        [Accounts] = string.Join(',', known.Accounts),
    };
}
