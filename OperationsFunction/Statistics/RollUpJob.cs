using UonOfferum.Shared.Jobs;

namespace UonOfferum.OperationsFunction.Statistics;

/// <summary>Folds metric events into the hourly counters of the overview.</summary>
internal sealed class RollUpJob(HourlyRollUp rollUp) : IJob
{
    public string Name => "rollup";

    public JobSchedule Schedule { get; } = JobSchedule.Minutes(1);

    public Task RunAsync(CancellationToken cancellationToken) => rollUp.RollUpAsync(cancellationToken);
}
