using UonOfferum.OperationsFunction.Sweep;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>Continues a run batch by batch. A batch is recorded before it starts, so a crash resumes exactly that batch.</summary>
internal static class BulkRun
{
    /// <param name="stored">The run as read.</param>
    /// <param name="plan">Records the next batch; null when there is nothing to do now.</param>
    /// <param name="start">Starts the recorded batch, or resumes it when the flag is set; null when the run was cancelled, or continued by another instance.</param>
    /// <param name="time">Bounds how long it takes.</param>
    public static async Task ContinueAsync<TRun>(
        StoredRun<TRun>? stored, Func<StoredRun<TRun>, Task<StoredRun<TRun>?>> plan, Func<StoredRun<TRun>, bool, Task<StoredRun<TRun>?>> start, TimeProvider time)
        where TRun : IBulkRun<TRun>
    {
        var budget = new TimeBudget(time);
        while (stored is { Run.State: ReplayState.Running } && !budget.IsSpent)
        {
            // After a crash the recorded batch comes first; the walk is already past it.
            var resumed = stored.Run.InFlight.Count > 0;
            var planned = resumed ? stored : await plan(stored);
            stored = planned is null ? null : await start(planned, resumed);
        }
    }
}
