using System.Text.Json.Serialization;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Which operations to replay. Null: no restriction.</summary>
/// <param name="Pipeline">One pipeline; null: all.</param>
/// <param name="Kind"><c>lead</c>, <c>request</c> or <c>auto</c>.</param>
/// <param name="State">One state; null: Failed and Rejected.</param>
/// <param name="From">Received at or after.</param>
/// <param name="To">Received before.</param>
/// <param name="Error">Error code: all operations that failed for one cause.</param>
/// <param name="Destination">Only deliveries to this destination.</param>
public sealed record ReplayQuery(string? Pipeline, string? Kind, string? State, DateTimeOffset? From, DateTimeOffset? To, string? Error, string? Destination = null)
{
    internal bool Matches(Operation operation) =>
        (Kind is null || operation.Id.Kind.Name() == Kind)
        && (From is null || operation.ReceivedAt >= From)
        && (To is null || operation.ReceivedAt < To);

    internal ActionTarget Target(string from) => new(Destination, States(from), Error);

    /// <summary>
    /// Without a state, a query means failed operations. Uncertain, held or discarded ones are replayed only when that state is named.
    /// A stored replay may name what is no state, because older versions accepted it: it takes nothing.
    /// </summary>
    internal IReadOnlyList<OperationState> States(string from) =>
        State is null ? [.. Usual.Where(ReplaySelection.Allowed(from).Contains)]
        : OperationStateNames.TryParse(State, out var one) ? [one]
        : [];

    private static readonly OperationState[] Usual = [OperationState.Failed, OperationState.Rejected];
}

public enum ReplayState
{
    Running,
    Done,
    Cancelled,
}

/// <summary>A rate-limited replay of many operations. Its progress is stored in the journal, so that it survives a restart.</summary>
public sealed record Replay : IBulkRun<Replay>
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

    /// <summary>Only operations not updated since then are taken, so one that fails again is not replayed again.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required ReplayState State { get; init; }

    /// <summary>Operations that matched at the start.</summary>
    public required int Total { get; init; }

    public int Done { get; init; }

    /// <summary>Matched, but refused because of their state.</summary>
    public int Refused { get; init; }

    /// <summary>How far the walk over the matching operations of one pipeline has come; null: not started. The stored name is older.</summary>
    [JsonPropertyName("place")]
    public string? Checkpoint { get; init; }

    /// <summary>The pipelines whose matching operations have all been taken: those that cannot be used now come last. Null: none yet, as in rows of earlier versions.</summary>
    public IReadOnlyList<string>? Finished { get; init; }

    /// <summary>The current batch: after a crash its messages are sent once more. The stored name is older.</summary>
    [JsonPropertyName("underWay")]
    public IReadOnlyList<string> InFlight { get; init; } = [];

    /// <summary>Null: counted from the start, as in rows of earlier versions.</summary>
    public Pace? Pace { get; init; }

    public Replay Cancelled(string? by) => this with { State = ReplayState.Cancelled, CancelledBy = by };
}
