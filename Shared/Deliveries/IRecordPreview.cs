using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Fetches and classifies a record as a run would, without side effects: nothing is journaled, queued or held.</summary>
public interface IRecordPreview
{
    /// <returns>The operation as the run would have written it.</returns>
    Task<Operation> FetchAsync(Pipeline pipeline, RecordKind kind, long id, CancellationToken cancellationToken);
}
