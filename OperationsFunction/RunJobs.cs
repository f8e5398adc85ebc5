using Microsoft.Azure.Functions.Worker;
using UonOfferum.Shared.Jobs;

namespace UonOfferum.OperationsFunction;

/// <summary>Every 30 seconds: starts the jobs that are due. The app's one timer, because each timer keeps an instance busy.</summary>
public sealed class RunJobs(JobRunner jobs)
{
    [Function(nameof(RunJobs))]
    public Task RunAsync([TimerTrigger("*/30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => jobs.RunDueAsync(cancellationToken);
}
