namespace UonOfferum.OperationsFunction.Attention;

public sealed record AttentionView(IReadOnlyList<AttentionGroupView> Groups);

/// <param name="Pipeline">"" for items of no pipeline.</param>
/// <param name="State">The state of all its operations.</param>
/// <param name="Code">Their error code; null for what an operator paused.</param>
/// <param name="Destination">Their destination; null when they have no delivery yet.</param>
/// <param name="Count">How many.</param>
/// <param name="Capped">There may be more: counting stopped at the limit.</param>
/// <param name="OldestAt">When the least recently updated one was updated.</param>
/// <param name="NewestAt">When the most recently updated one was updated.</param>
/// <param name="Message">The message of one of them.</param>
/// <param name="Samples">Ids of the newest few.</param>
/// <param name="Query">The query for <c>replays/preview</c> and the list.</param>
/// <param name="MayHaveArrived">A destination may have the order of one of them: sending it again needs confirmation.</param>
/// <param name="CanReplay">The stages from which their state allows a replay.</param>
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
    bool MayHaveArrived,
    IReadOnlyList<string> CanReplay);

public sealed record AttentionQueryView(string? Pipeline, string State, string? Error, string? Destination);
