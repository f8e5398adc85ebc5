namespace UonOfferum.Shared.Jobs;

/// <summary>
/// Work that the app does by the clock. The stage that owns it registers it; <see cref="JobRunner"/> runs it on one instance at a time, apart
/// from every other job. A crash may cut a run off and the next one repeats it, so a run continues from storage.
/// </summary>
public interface IJob
{
    /// <summary>Part of <c>jobs/{name}/run</c>, of <c>Jobs:{name}:Disabled</c> and of the job's row: lower-case letters.</summary>
    string Name { get; }

    JobSchedule Schedule { get; }

    /// <summary>One run. What it throws is the run's error; the schedule goes on.</summary>
    /// <param name="cancellationToken">The process ends, or the run takes longer than <see cref="JobExecution.Longest"/>.</param>
    Task RunAsync(CancellationToken cancellationToken);
}
