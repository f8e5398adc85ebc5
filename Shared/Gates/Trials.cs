using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Gates;

/// <summary>What became of the operation that went first through a gate on trial. Pure.</summary>
public static class Trials
{
    /// <summary>The gate's next <see cref="Gate.Trial"/>: null when it is proven, "" when another has to go first, else the same.</summary>
    /// <param name="gate">Open, with the trial's operation.</param>
    /// <param name="operation">That operation; null when it is gone.</param>
    public static string? Judge(Gate gate, Operation? operation)
    {
        if (operation is null)
        {
            return "";
        }

        if (gate.Name == Gate.Uon)
        {
            return operation.Enrichment switch
            {
                OperationState.Held => "",
                OperationState.Waiting when operation.EnrichAt is null => gate.Trial,
                OperationState.Waiting when operation.EnrichError?.Code == ErrorCodes.UonUnavailable => "",
                _ => null,
            };
        }

        return operation.DeliveryTo(gate.Name)?.State switch
        {
            OperationState.Enriched or OperationState.Sending => gate.Trial,
            OperationState.Held or OperationState.Waiting or OperationState.Uncertain or OperationState.Failed or OperationState.Skipped => "",
            _ => null,
        };
    }
}
