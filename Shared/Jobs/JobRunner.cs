using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace UonOfferum.Shared.Jobs;

/// <summary>
/// Runs every job of the app from one timer. Each job has its own lease and runs concurrently with the others: one that fails or is slow does not delay
/// the others. Why one timer: docs/decisions/0018-one-timer.md.
/// </summary>
public sealed partial class JobRunner(IEnumerable<Job> jobs, JobStore store, IConfiguration configuration, TimeProvider time, ILogger<JobRunner> logger) : IHostedService, IDisposable
{
    /// <summary>How long a timer call waits for its jobs; a longer job continues without it, because the timer's next call would otherwise be late.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    /// <summary>How long a requested run waits for a run on another instance; after that the timer starts it.</summary>
    private static readonly TimeSpan WaitForOther = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan MayFinish = TimeSpan.FromSeconds(8);

    private readonly List<Job> _jobs = [.. jobs];
    private readonly ConcurrentDictionary<string, Lazy<Task>> _running = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    // A job that never ran is due at its next scheduled time, not at once.
    private readonly DateTimeOffset _since = time.GetUtcNow();

    public IReadOnlyList<Job> Jobs => _jobs;

    public bool IsDisabled(Job job) => JobSwitches.IsDisabled(configuration, job.Name);

    /// <summary>When the job's schedule calls for it next.</summary>
    public DateTimeOffset Next(Job job, JobState state) => job.Schedule.Next(state.LastRun ?? _since);

    /// <summary>Starts jobs that are due or were requested, and waits for them for a limited time.</summary>
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        var states = await store.ReadAllAsync(cancellationToken);
        var started = _jobs
            .Select(job => (Job: job, State: states.GetValueOrDefault(job.Name) ?? new JobState(job.Name)))
            .Where(candidate => IsWanted(candidate.Job, candidate.State))
            .Select(candidate => Start(candidate.Job, candidate.State))
            .ToList();
        try
        {
            await Task.WhenAll(started).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Each job continues under its lease.
        }
    }

    /// <summary>Requests one run of the job on one instance. Returns when the request is stored; null: there is no such job.</summary>
    public async Task<JobState?> AskAsync(string name, CancellationToken cancellationToken)
    {
        if (_jobs.Find(j => j.Name == name) is not { } job)
        {
            return null;
        }

        var asked = RandomNumberGenerator.GetHexString(16);
        var written = await store.ChangeAsync(await store.ReadAsync(name, cancellationToken), state => state with { Asked = asked }, cancellationToken);
        _ = Track($"{name}|{asked}", () => RunAskedAsync(job, asked, written!));
        return written;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Running jobs may finish within a limited time; an interrupted job runs again at once on another instance.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var running = Task.WhenAll(_running.Values.Select(run => run.Value));
        await Task.WhenAny(running, Task.Delay(MayFinish, time, cancellationToken));
        await _stopping.CancelAsync();
        await Task.WhenAny(running, Task.Delay(MayFinish, time, cancellationToken));
    }

    public void Dispose() => _stopping.Dispose();

    private bool IsWanted(Job job, JobState state) =>
        state.Asked is not null || (!IsDisabled(job) && job.Schedule.IsDue(state.LastRun ?? _since, time.GetUtcNow()));

    /// <summary>The current run in this process, or a new one.</summary>
    private Task Start(Job job, JobState state) =>
        Track(job.Name, () => new JobExecution(job, store, time, logger).RunAsync(state, seen => IsWanted(job, seen), _stopping.Token));

    /// <summary>A run on another instance may have started before this request: wait for it; that instance then runs the job again.</summary>
    private async Task RunAskedAsync(Job job, string asked, JobState state)
    {
        var start = time.GetTimestamp();
        while (state.Asked == asked && !_stopping.IsCancellationRequested && time.GetElapsedTime(start) < WaitForOther)
        {
            if (state.LeaseUntil - time.GetUtcNow() is { Ticks: > 0 } left)
            {
                await Task.Delay(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1), time, _stopping.Token);
            }
            else
            {
                await Start(job, state);
            }

            state = await store.ReadAsync(job.Name, _stopping.Token);
        }
    }

    /// <summary>One at a time for each key. Never fails: errors are logged, and the next timer call retries.</summary>
    private Task Track(string key, Func<Task> run) => _running.GetOrAdd(key, _ => new Lazy<Task>(() => TrackAsync(key, run))).Value;

    private async Task TrackAsync(string key, Func<Task> run)
    {
        // The caller only starts it. Not Task.Run: a single-threaded simulation must stay on its thread.
        await Task.Yield();
        try
        {
            await run();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The process is stopping.
        }
#pragma warning disable CA1031 // Without storage there is no lease and so no run; other jobs continue.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotRun(logger, key.Split('|')[0], exception);
        }
        finally
        {
            _running.TryRemove(key, out var _);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1652, LogLevel.Error, "The job {Job} could not be run, or its result could not be stored; the timer retries it")]
        public static partial void NotRun(ILogger logger, string job, Exception exception);
    }
}
