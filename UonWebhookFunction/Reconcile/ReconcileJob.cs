using UonOfferum.Shared.Jobs;

namespace UonOfferum.UonWebhookFunction.Reconcile;

/// <summary>Finds records whose webhook never came.</summary>
internal sealed class ReconcileJob(Reconciler reconciler) : IJob
{
    public string Name => "reconcile";

    public JobSchedule Schedule { get; } = JobSchedule.Minutes(15);

    public Task RunAsync(CancellationToken cancellationToken) => reconciler.RunAsync(cancellationToken);
}
