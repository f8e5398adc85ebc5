using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Statistics;

namespace UonOfferum.OperationsFunction;

/// <summary>Every minute: folds what the stages marked into the hourly counters of the overview.</summary>
public sealed class FoldMarkers(MarkerFolder folder)
{
    [Function(nameof(FoldMarkers))]
    public Task RunAsync([TimerTrigger("45 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => folder.FoldAsync(cancellationToken);
}
