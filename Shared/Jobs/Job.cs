namespace UonOfferum.Shared.Jobs;

/// <summary>
/// Scheduled work of the app. The stage that owns it registers it; <see cref="JobRunner"/> runs it on one instance at a time, apart
/// from every other job. A crash may interrupt a run and the next one repeats it, so each run starts from storage.
/// </summary>
/// <param name="Name">Part of <c>jobs/{name}/run</c>, of <c>Jobs:{name}:Disabled</c> and of the job's row: lower-case letters.</param>
/// <param name="Schedule">When it runs.</param>
/// <param name="RunAsync">
/// One run. An exception becomes the run's error; the schedule continues. Cancelled when the process ends, or the run takes longer than
/// <see cref="JobExecution.Longest"/>.
/// </param>
public sealed record Job(string Name, JobSchedule Schedule, Func<CancellationToken, Task> RunAsync);
