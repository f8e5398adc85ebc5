using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.Backup;

/// <summary>Which rows show that there is a pipeline. Pure.</summary>
internal static class PipelineRows
{
    /// <summary>Null when the row shows none. A pipeline without an operation has a row of its first start, or a revision in force: it sends its first record, too.</summary>
    public static string? PipelineOf(BackupRow row) => (row.Table, row.Entity.PartitionKey.Split('|'), row.Entity.RowKey.Split('|')) switch
    {
        (JournalTable.Name, [var pipeline, "lead" or "request" or "auto"], _) => pipeline,
        (JournalTable.Name, [PipelineRegistry.Partition], [var pipeline]) => pipeline,
        (PipelineTable.Name, _, ["l", var pipeline]) when row.Entity.ContainsKey(nameof(StoredPipeline.Revision)) => pipeline,
        _ => null,
    };
}
