namespace UonOfferum.Shared.Journal;

/// <summary>A postback that matches no operation. Untrusted values, stored as received.</summary>
/// <param name="Pipeline">The pipeline whose address received it.</param>
/// <param name="Key">Identifies it within the pipeline.</param>
/// <param name="At">When it was received.</param>
/// <param name="Problem">Why it matched no operation.</param>
/// <param name="SubId">Such as <c>lead-48213</c>.</param>
/// <param name="OrderId">The network's.</param>
/// <param name="Status">The network's status.</param>
public sealed record UnmatchedPostback(string Pipeline, string Key, DateTimeOffset At, string Problem, string? SubId, string? OrderId, string? Status);

/// <summary>Reads the rows that the destinations stored in <c>{pipeline}|postbacks</c>, newest first.</summary>
public sealed class UnmatchedPostbackList(JournalTable table)
{
    public static string Partition(string pipeline) => $"{pipeline}|postbacks";

    /// <param name="pipeline">Its name.</param>
    /// <param name="from">Only those received then or later; null: all.</param>
    /// <param name="to">Only earlier ones; null: all.</param>
    /// <param name="take">At most this many, the newest.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<IReadOnlyList<UnmatchedPostback>> ListAsync(string pipeline, DateTimeOffset? from, DateTimeOffset? to, int take, CancellationToken cancellationToken)
    {
        var (first, end) = JournalKeys.InvertedRange(from, to);
        var rows = await table.RangeAsync(Partition(pipeline), first, end, take, null, cancellationToken);
        return rows.ConvertAll(row => new UnmatchedPostback(
            pipeline, row.RowKey, row.GetDateTimeOffset("At") ?? default, row.GetString("Problem") ?? "No order of this pipeline has this subid or id.",
            row.GetString("SubId"), row.GetString("OrderId"), row.GetString("Status")));
    }
}
