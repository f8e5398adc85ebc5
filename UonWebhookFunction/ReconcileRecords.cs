using Microsoft.Azure.Functions.Worker;
using UonOfferum.UonWebhookFunction.Reconcile;

namespace UonOfferum.UonWebhookFunction;

/// <summary>Every quarter of an hour: finds records whose webhook never came.</summary>
public sealed class ReconcileRecords(Reconciler reconciler)
{
    [Function(nameof(ReconcileRecords))]
    public Task RunAsync([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => reconciler.RunAsync(cancellationToken);
}
