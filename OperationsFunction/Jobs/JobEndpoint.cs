using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Jobs;

namespace UonOfferum.OperationsFunction.Jobs;

/// <summary>The HTTP side of the jobs.</summary>
public sealed class JobEndpoint(JobRunner runner, JobStore store, TimeProvider time)
{
    public async Task<IResult> ListAsync(CancellationToken cancellationToken)
    {
        var states = await store.ReadAllAsync(cancellationToken);
        return TypedResults.Json(
            new JobListView([.. runner.Jobs.Select(job => View(job, states.GetValueOrDefault(job.Name) ?? new JobState(job.Name)))]), JobsJson.Types.JobListView);
    }

    public async Task<IResult> RunAsync(string name, CancellationToken cancellationToken) =>
        runner.Jobs.FirstOrDefault(job => job.Name == name) is { } job && await runner.AskAsync(name, cancellationToken) is { } state
            ? TypedResults.Json(View(job, state), JobsJson.Types.JobView, statusCode: StatusCodes.Status202Accepted)
            : Problems.NotFound($"There is no such job. The jobs are {string.Join(", ", runner.Jobs.Select(j => j.Name))}.");

    private JobView View(Job job, JobState state) => new(
        job.Name,
        state.LastRun,
        state.Duration?.TotalSeconds,
        state.Error,
        runner.IsDisabled(job) ? null : runner.Next(job, state),
        (int)job.Schedule.Every.TotalSeconds,
        state.IsRunning(time.GetUtcNow()),
        state.Asked is not null);
}
