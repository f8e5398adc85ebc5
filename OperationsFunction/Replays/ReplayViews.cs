namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Body of <c>POST replays</c> and <c>POST replays/preview</c>.</summary>
public sealed record ReplayRequest(ReplayQuery? Query, string? From, int? PerMinute, string? By);

/// <summary>What a replay would take.</summary>
public sealed record ReplayPreview(int Count);

/// <summary>The progress of a replay.</summary>
public sealed record ReplayView(
    string Id, string State, string From, int PerMinute, int Total, int Done, int Refused, DateTimeOffset StartedAt, string? By, string? CancelledBy)
{
    internal static ReplayView Of(Replay replay) => new(
        replay.Id, replay.State.ToString(), replay.From, replay.PerMinute, replay.Total, replay.Done, replay.Refused, replay.StartedAt, replay.By, replay.CancelledBy);
}
