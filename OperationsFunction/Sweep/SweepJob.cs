using UonOfferum.Shared.Jobs;

namespace UonOfferum.OperationsFunction.Sweep;

/// <summary>Sends overdue outbox messages again.</summary>
internal sealed class SweepJob(Sweeper sweeper) : IJob
{
    public string Name => "sweep";

    public JobSchedule Schedule { get; } = JobSchedule.Minutes(5);

    public Task RunAsync(CancellationToken cancellationToken) => sweeper.RunAsync(cancellationToken);
}
