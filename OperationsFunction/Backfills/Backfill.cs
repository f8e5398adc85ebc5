using UonOfferum.OperationsFunction.Replays;

namespace UonOfferum.OperationsFunction.Backfills;

/// <summary>Which records to fetch. Days are those of the cabinet's time zone.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="Kind"><c>lead</c> or <c>request</c>; null: both, as far as the pipeline takes them.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record BackfillQuery(string Pipeline, string? Kind, DateOnly From, DateOnly To);

/// <summary>
/// A walk over U-ON's lists that enqueues records missing from the journal. It is paced like a bulk replay and stores its progress in the
/// journal, so that it survives the process.
/// </summary>
public sealed record Backfill : IBulkRun<Backfill>
{
    /// <summary>UUIDv7: newest last.</summary>
    public required string Id { get; init; }

    public required BackfillQuery Query { get; init; }

    public required int PerMinute { get; init; }

    public string? By { get; init; }

    public string? CancelledBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required ReplayState State { get; init; }

    /// <summary>Records in U-ON's lists at the start, counted up to the preview's limit.</summary>
    public required int Total { get; init; }

    /// <summary>Enqueued.</summary>
    public int Done { get; init; }

    /// <summary>Skipped, because the journal has them already.</summary>
    public int Known { get; init; }

    /// <summary>How far the walk has come.</summary>
    public BackfillPosition Position { get; init; } = BackfillPosition.Start;

    /// <summary>The current batch, each as <c>kind/id/run</c>: after a crash its messages are sent once more, with the same runs.</summary>
    public IReadOnlyList<string> InFlight { get; init; } = [];

    /// <summary>Why it is stalled; null: it is not.</summary>
    public string? Problem { get; init; }

    /// <summary>Null: counted from the start, as in rows of earlier versions.</summary>
    public Pace? Pace { get; init; }

    public Backfill Cancelled(string? by) => this with { State = ReplayState.Cancelled, CancelledBy = by };
}

/// <param name="Table">Index of the table among those that are walked.</param>
/// <param name="Page">The page to read, from 1.</param>
/// <param name="Row">Rows of that page that were processed.</param>
public sealed record BackfillPosition(int Table, int Page, int Row)
{
    public static readonly BackfillPosition Start = new(0, 1, 0);
}
