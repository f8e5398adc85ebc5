namespace UonOfferum.OperationsFunction.Attention;

public sealed record AttentionView(IReadOnlyList<AttentionGroupView> Groups);

/// <param name="Pipeline">"" for what belongs to none.</param>
/// <param name="State">Of all its operations.</param>
/// <param name="Code">Their error code; null for what an operator paused.</param>
/// <param name="Destination">Where they were to go; null when they did not get that far.</param>
/// <param name="Count">How many.</param>
/// <param name="Capped">There may be more: counting stopped.</param>
/// <param name="OldestAt">When the first of them was last touched.</param>
/// <param name="NewestAt">When the last of them was.</param>
/// <param name="Message">What one of them says.</param>
/// <param name="Samples">Ids of the newest few.</param>
/// <param name="Query">As <c>replays/preview</c> and the list take it.</param>
/// <param name="CanReplay">From where their state lets them be replayed.</param>
public sealed record AttentionGroupView(
    string Pipeline,
    string State,
    string? Code,
    string? Destination,
    int Count,
    bool Capped,
    DateTimeOffset OldestAt,
    DateTimeOffset NewestAt,
    string Message,
    IReadOnlyList<string> Samples,
    AttentionQueryView Query,
    IReadOnlyList<string> CanReplay);

public sealed record AttentionQueryView(string? Pipeline, string State, string? Error, string? Destination);
