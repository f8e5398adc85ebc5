namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Body of <c>POST replays</c> and <c>POST replays/preview</c>.</summary>
public sealed record ReplayRequest(ReplayQuery? Query, string? From, int? PerMinute, string? By);

/// <summary>What a replay would take.</summary>
public sealed record ReplayPreview(int Count);

/// <summary>The progress of a replay.</summary>
/// <param name="Total">Operations that matched at the start.</param>
/// <param name="Done">Started.</param>
/// <param name="Refused">Matched, but refused because of their state.</param>
/// <param name="Problem">Why it waits, or will wait at its end; null: it does not.</param>
public sealed record ReplayView(
    string Id, string State, string From, int PerMinute, int Total, int Done, int Refused, DateTimeOffset StartedAt, string? By, string? CancelledBy, string? Problem)
{
    internal static ReplayView Of(Replay replay, string? obstacle) => new(
        replay.Id, replay.State.ToString(), replay.From, replay.PerMinute, replay.Total, replay.Done, replay.Refused, replay.StartedAt, replay.By, replay.CancelledBy,
        obstacle);
}
