using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.Jobs;

/// <summary>Runs one job: acquires its lease, runs it, renews the lease while it runs, and records the result.</summary>
internal sealed partial class JobExecution(Job job, JobStore store, TimeProvider time, ILogger logger)
{
    /// <summary>How long a killed process blocks other processes from the job.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>A run that takes longer is cancelled, which is its error. The jobs themselves stop far earlier.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan RenewEvery = Lease / 3;
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(10);

    // Not an id of the process: two executions in one process are two owners.
    private readonly string _owner = RandomNumberGenerator.GetHexString(16);

    /// <summary>Runs the job as long as its row calls for a run; runs it again when another run was requested in the meantime.</summary>
    /// <param name="seen">The row as it was read.</param>
    /// <param name="isWanted">Whether a row calls for a run.</param>
    /// <param name="stopping">The process ends.</param>
    public async Task RunAsync(JobState seen, Func<JobState, bool> isWanted, CancellationToken stopping)
    {
        JobState? state = seen;
        while (state is not null && !stopping.IsCancellationRequested && isWanted(state) && !state.IsRunning(time.GetUtcNow()))
        {
            var claim = state with { Owner = _owner, LeaseUntil = time.GetUtcNow() + Lease, Serving = state.Asked };
            if (await store.WriteAsync(claim, stopping) is not { } held)
            {
                // Another instance won the race.
                return;
            }

            state = await WorkAsync(held, stopping);
        }
    }

    private async Task<JobState?> WorkAsync(JobState held, CancellationToken stopping)
    {
        var (startedAt, start) = (time.GetUtcNow(), time.GetTimestamp());
        using var limit = new CancellationTokenSource(Longest, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        var work = BeginAsync(over.Token);
        while (!await EndsWithinAsync(work, RenewEvery) && time.GetElapsedTime(start) < Longest + Grace)
        {
            if (await RenewAsync(held, stopping) is not { } renewed)
            {
                // Another instance runs it: two concurrent runs would duplicate work.
#pragma warning disable MA0042, CA1849 // CancelAsync runs callbacks on the thread pool, in an order that a simulation cannot replay.
                over.Cancel();
#pragma warning restore MA0042, CA1849
                break;
            }

            held = renewed;
        }

        var error = await ErrorAsync(work, limit.IsCancellationRequested, stopping);
        var duration = time.GetElapsedTime(start);
        if (error is not null && !stopping.IsCancellationRequested)
        {
            Log.Failed(logger, job.Name, error.Value.Words, error.Value.Exception);
        }

        using var lastWrite = new CancellationTokenSource(LastWrite, time);
        var written = await store.ChangeAsync(held, Ended, lastWrite.Token);

        // A job that ignores cancellation is still running, so do not start it again in this process.
        await Task.WhenAny(work);
        return written;

        JobState? Ended(JobState now) =>
            now.Owner != _owner ? null
            // Interrupted by a shutdown: treat it as never started, so that the next process runs it at once.
            : error is not null && stopping.IsCancellationRequested ? now with { Owner = null, LeaseUntil = null, Serving = null }
            : now with
            {
                Owner = null,
                LeaseUntil = null,
                Serving = null,
                Asked = now.Asked == now.Serving ? null : now.Asked,
                LastRun = startedAt,
                Duration = duration,
                Error = error?.Words,
            };
    }

    /// <summary>Starts the lease renewal at once, even if the job works synchronously before its first await.</summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        await job.RunAsync(cancellationToken);
    }

    private async Task<bool> EndsWithinAsync(Task work, TimeSpan span)
    {
        // The job's failure is handled later; only the time matters here.
        await Task.WhenAny(work.WaitAsync(span, time));
        return work.IsCompleted;
    }

    /// <summary>Null: another owner has the lease. Storage errors are retried until the lease expires.</summary>
    private async Task<JobState?> RenewAsync(JobState held, CancellationToken stopping)
    {
        try
        {
            return await store.ChangeAsync(held, now => now.Owner == _owner ? now with { LeaseUntil = time.GetUtcNow() + Lease } : null, stopping);
        }
        catch (Exception e) when (StorageErrors.IsTransient(e))
        {
            return held;
        }
    }

    private static async Task<(string Words, Exception Exception)?> ErrorAsync(Task work, bool tookTooLong, CancellationToken stopping)
    {
        if (!work.IsCompleted && !stopping.IsCancellationRequested)
        {
            return ($"It did not end within {Longest.TotalMinutes + Grace.TotalMinutes:0} minutes.", new TimeoutException());
        }

        try
        {
            await work;
            return null;
        }
        catch (OperationCanceledException e) when (tookTooLong)
        {
            return ($"It was cancelled after {Longest.TotalMinutes:0} minutes.", e);
        }
#pragma warning disable CA1031 // Whatever a job throws is a failed run; the schedule continues.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (Describe(e), e);
        }
    }

    /// <summary>For the operators' page: the kind of failure, never the message, which may quote an address with a key.</summary>
    private static string Describe(Exception exception) => exception is RequestFailedException refused
        ? string.Create(CultureInfo.InvariantCulture, $"The storage account answered {refused.Status} ({refused.ErrorCode ?? "no code"}).")
        : $"{exception.GetType().Name}; the log has the details (event 1651).";

    private static partial class Log
    {
        [LoggerMessage(1651, LogLevel.Error, "The job {Job} failed; it runs again on schedule. {Reason}")]
        public static partial void Failed(ILogger logger, string job, string reason, Exception exception);
    }
}
