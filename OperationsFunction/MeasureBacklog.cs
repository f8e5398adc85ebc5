using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Health;

namespace UonOfferum.OperationsFunction;

/// <summary>Every minute: how much waits, for dashboards and alerts.</summary>
public sealed class MeasureBacklog(Backlog backlog)
{
    [Function(nameof(MeasureBacklog))]
    public Task RunAsync([TimerTrigger("15 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => backlog.MeasureAsync(cancellationToken);
}
