using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.Shared.Records;

/// <summary>Reads a record and judges it as a run would, and leaves no trace: nothing is journaled, queued or held for it.</summary>
public interface IRecordPreview
{
    /// <returns>The operation as the run would have written it.</returns>
    Task<Operation> LookAsync(Pipeline pipeline, RecordKind kind, long id, CancellationToken cancellationToken);
}
