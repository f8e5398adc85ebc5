using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Retention;

/// <summary>One walk through the aged operations of one partition.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Kind">The kind of records.</param>
/// <param name="ByOwnStart">Through the operations with a retention start of their own; otherwise by arrival.</param>
public sealed record AgedWalk(string Pipeline, RecordKind Kind, bool ByOwnStart)
{
    public string Partition => JournalKeys.Partition(Pipeline, Kind);

    /// <summary>The row in <c>{pipeline}|control</c> that holds its position. The first name is older than the second kind of walk.</summary>
    public string Row => $"retention|{Kind.Name()}{(ByOwnStart ? "|own" : "")}";

    public static string Control(string pipeline) => $"{pipeline}|control";

    public override string ToString() => $"{Pipeline}|{Row}";

    public static IEnumerable<AgedWalk> Of(string pipeline) =>
        JournalKeys.Kinds.SelectMany(kind => new[] { new AgedWalk(pipeline, kind, ByOwnStart: false), new AgedWalk(pipeline, kind, ByOwnStart: true) });
}

/// <summary>A range of an index that a walk has to visit.</summary>
/// <param name="Walk">The walk.</param>
/// <param name="From">The first row key.</param>
/// <param name="To">The end of the range, not part of it.</param>
/// <param name="Before">By arrival: when the range is done, every operation received before then was visited.</param>
/// <param name="Done">By arrival: every operation received before then was visited earlier; null: none was.</param>
/// <param name="IsRest">An earlier run stopped in it, so newer operations follow when it is done.</param>
public sealed record AgedRange(AgedWalk Walk, string From, string To, DateTimeOffset Before, DateTimeOffset? Done, bool IsRest);

/// <param name="Id">An operation to look at.</param>
/// <param name="Key">Its row in the index.</param>
/// <param name="At">The time in that row's key: its arrival, or its own retention start.</param>
public sealed record AgedOperation(OperationId Id, string Key, DateTimeOffset At);
