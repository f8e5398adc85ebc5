using Microsoft.Azure.Functions.Worker;
using UonOfferum.OperationsFunction.Alerts;

namespace UonOfferum.OperationsFunction;

/// <summary>Every minute: tells people what is newly wrong, and what is well again.</summary>
public sealed class WatchAlerts(AlertWatch watch)
{
    [Function(nameof(WatchAlerts))]
    public Task RunAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => watch.RunAsync(cancellationToken);
}
