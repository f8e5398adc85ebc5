using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Records;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Which operations to replay. Null: not asked.</summary>
/// <param name="Pipeline">One pipeline; null: all.</param>
/// <param name="Kind"><c>lead</c>, <c>request</c> or <c>auto</c>.</param>
/// <param name="State">One state; null: Failed and Rejected.</param>
/// <param name="From">Received at or after.</param>
/// <param name="To">Received before.</param>
/// <param name="Error">Error code: all that failed for one cause.</param>
public sealed record ReplayQuery(string? Pipeline, string? Kind, string? State, DateTimeOffset? From, DateTimeOffset? To, string? Error)
{
    internal bool Matches(Operation operation) =>
        (Kind is null || operation.Id.Kind.Name() == Kind)
        && (From is null || operation.ReceivedAt >= From)
        && (To is null || operation.ReceivedAt < To)
        && (Error is null || operation.Error?.Code == Error);
}

public enum ReplayState
{
    Running,
    Done,
    Cancelled,
}

/// <summary>A replay of many operations: paced, with its progress in the journal, so that it survives the process.</summary>
public sealed record Replay
{
    public const int DefaultPerMinute = 60;
    public const int MaxPerMinute = 6_000;

    /// <summary>UUIDv7: newest last.</summary>
    public required string Id { get; init; }

    public required ReplayQuery Query { get; init; }

    /// <summary><c>enrich</c> or <c>send</c>.</summary>
    public required string From { get; init; }

    public required int PerMinute { get; init; }

    public string? By { get; init; }

    public string? CancelledBy { get; init; }

    /// <summary>Only operations untouched since then are taken: one that fails again is not replayed again.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required ReplayState State { get; init; }

    /// <summary>Operations that matched at the start.</summary>
    public required int Total { get; init; }

    public int Done { get; init; }

    /// <summary>Matched, but their state did not allow it when their turn came.</summary>
    public int Refused { get; init; }

    /// <summary>Where the walk over the matching operations stands; null: at the beginning.</summary>
    public string? Place { get; init; }

    /// <summary>The operations being set going: after a crash their messages are sent once more.</summary>
    public IReadOnlyList<string> UnderWay { get; init; } = [];
}
