using UonOfferum.Shared.Jobs;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>Notifies operators of new problems, and sends the summary of the day.</summary>
internal sealed class AlertsJob(AlertWatch watch) : IJob
{
    public string Name => "alerts";

    public JobSchedule Schedule { get; } = JobSchedule.Minutes(1);

    public Task RunAsync(CancellationToken cancellationToken) => watch.RunAsync(cancellationToken);
}
