using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Sweep;

namespace UonOfferum.OperationsFunction;

/// <summary>Every five minutes: sends again what the journal promised and nobody kept.</summary>
public sealed class SweepOverdue(Sweeper sweeper)
{
    [Function(nameof(SweepOverdue))]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => sweeper.RunAsync(cancellationToken);
}
