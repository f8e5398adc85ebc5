using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Lists the CRM's records of a period, a page at a time.</summary>
public interface IRecordList
{
    /// <summary>The tables whose new records the pipeline accepts.</summary>
    IReadOnlyList<RecordKind> Kinds(Pipeline pipeline);

    /// <param name="pipeline">Whose cabinet, filter and maximal age.</param>
    /// <param name="kind">Lead or request.</param>
    /// <param name="from">First day in the cabinet's time zone.</param>
    /// <param name="to">Last day.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<RecordPage> FetchAsync(Pipeline pipeline, RecordKind kind, DateOnly from, DateOnly to, int page, CancellationToken cancellationToken);
}

/// <param name="Records">In the CRM's order; empty past the end.</param>
/// <param name="Problem">Why the page could not be read, with the remedy; null on success.</param>
public sealed record RecordPage(IReadOnlyList<ListedRecord> Records, string? Problem);

/// <param name="Id">Its number.</param>
/// <param name="WouldPass">Whether it passes the age limit and the filter, judging by the list; its phone is checked later.</param>
public sealed record ListedRecord(long Id, bool WouldPass);
