using UonOfferum.Shared.Jobs;

namespace UonOfferum.OperationsFunction.Queries;

/// <summary>Measures the backlog, for dashboards and alerts.</summary>
internal sealed class BacklogJob(Backlog backlog) : IJob
{
    public string Name => "backlog";

    public JobSchedule Schedule { get; } = JobSchedule.Minutes(1);

    public Task RunAsync(CancellationToken cancellationToken) => backlog.MeasureAsync(cancellationToken);
}
