using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Replays;

namespace UonOfferum.OperationsFunction;

/// <summary>Every half minute: carries replays of many operations on.</summary>
public sealed class RunReplays(ReplayRunner runner)
{
    [Function(nameof(RunReplays))]
    public Task RunAsync([TimerTrigger("*/30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => runner.RunAsync(cancellationToken);
}
