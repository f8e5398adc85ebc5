using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Backfills;

/// <summary>Finds the records of a period that the journal does not have.</summary>
public sealed class BackfillSelection(IRecordList records, JournalStore journal, TimeProvider time)
{
    /// <summary>The limit of a preview's count.</summary>
    public const int MaxCounted = 5_000;

    /// <summary>The time limit of a preview, because an operator waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int AtATime = 16;

    /// <summary>The tables to walk, in order.</summary>
    public IReadOnlyList<RecordKind> Kinds(Pipeline pipeline, BackfillQuery query) =>
        query.Kind is { } name && RecordKindNames.TryParse(name, out var kind) ? [kind] : records.Kinds(pipeline);

    public Task<RecordPage> PageAsync(Pipeline pipeline, BackfillQuery query, RecordKind kind, int page, CancellationToken cancellationToken) =>
        records.FetchAsync(pipeline, kind, query.From, query.To, page, cancellationToken);

    public async Task<bool> IsKnownAsync(OperationId id, CancellationToken cancellationToken) => (await journal.FindAsync(id, cancellationToken)).Exists;

    /// <summary>What a backfill would fetch, or why U-ON cannot be read.</summary>
    public async Task<(BackfillPreview? Preview, string? Problem)> CountAsync(Pipeline pipeline, BackfillQuery query, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var (found, known, passing) = (0, 0, 0);
        foreach (var kind in Kinds(pipeline, query))
        {
            for (var page = 1; ; page++)
            {
                if (found >= MaxCounted || time.GetElapsedTime(start) > Patience)
                {
                    return (new BackfillPreview(found, known, found - known, passing, Capped: true), null);
                }

                var (rows, problem) = await PageAsync(pipeline, query, kind, page, cancellationToken);
                if (problem is not null)
                {
                    return (null, problem);
                }

                if (rows.Count == 0)
                {
                    break;
                }

                foreach (var some in rows.Chunk(AtATime))
                {
                    var seen = await Task.WhenAll(some.Select(row => IsKnownAsync(new OperationId(pipeline.Name, kind, row.Id), cancellationToken)));
                    found += some.Length;
                    known += seen.Count(isKnown => isKnown);
                    passing += some.Zip(seen).Count(pair => !pair.Second && pair.First.WouldPass);
                }
            }
        }

        return (new BackfillPreview(found, known, found - known, passing, Capped: false), null);
    }
}
