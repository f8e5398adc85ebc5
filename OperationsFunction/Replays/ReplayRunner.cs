using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>
/// Continues running replays, one batch at a time. Each batch is recorded before it starts, so a crash resumes exactly that batch; a
/// duplicate message does no harm.
/// </summary>
public sealed partial class ReplayRunner(
    ReplayStore store,
    ReplaySelection selection,
    OperatorService operators,
    JournalStore journal,
    OutboxSender outbox,
    FailPoints failPoints,
    TimeProvider time,
    ILogger<ReplayRunner> logger) : IBulkRunner
{
    private const int BatchSize = 20;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var stored in (await store.RunningAsync(cancellationToken)).Where(r => !MustWait(r.Run)))
        {
            await BulkRun.ContinueAsync(
                stored, run => PlanAsync(run, cancellationToken), (run, resumed) => StartBatchAsync(run, resumed, cancellationToken), time);
        }
    }

    private bool MustWait(Replay replay) => selection.FindObstacle(replay.Query.Pipeline) is not null;

    /// <summary>Records the next batch in the replay's row; null when there is none yet.</summary>
    private async Task<StoredRun<Replay>?> PlanAsync(StoredRun<Replay> stored, CancellationToken cancellationToken)
    {
        var (allowed, pace) = ReplayRate.Next(stored.Run.Pace ?? new Pace(stored.Run.StartedAt, 0), stored.Run.Done + stored.Run.Refused, stored.Run.PerMinute, time.GetUtcNow());
        if (allowed <= 0 || MustWait(stored.Run))
        {
            return null;
        }

        var replay = await TakeAsync(stored.Run with { Pace = pace }, Math.Min(allowed, BatchSize), cancellationToken);
        if (replay.InFlight.Count > 0)
        {
            return await store.UpdateAsync(stored, replay, cancellationToken);
        }

        if (await selection.FindObstacleAsync(replay, cancellationToken) is not null)
        {
            // While it waits, the pipelines that are finished are not searched again.
            await (replay.Finished?.Count != stored.Run.Finished?.Count ? store.UpdateAsync(stored, replay, cancellationToken) : Task.CompletedTask);
        }
        else if (await store.UpdateAsync(stored, replay with { State = ReplayState.Done }, cancellationToken) is not null)
        {
            Log.Done(logger, replay.Id, replay.Done, replay.Refused);
        }

        return null;
    }

    private async Task<StoredRun<Replay>?> StartBatchAsync(StoredRun<Replay> stored, bool resumed, CancellationToken cancellationToken)
    {
        if (!resumed)
        {
            await failPoints.HitAsync(FailPoints.BulkPlanned);
        }

        var replay = stored.Run;
        var done = 0;
        foreach (var text in replay.InFlight)
        {
            var parts = text.Split('/');
            if (OperationFinder.TryRead(parts[0], parts[1], parts[2], out var id)
                && ((resumed && await IsStartedAsync(replay, id, cancellationToken))
                    || (await operators.ActAsync(id, Action(replay), replay.Query.Target(replay.From) with { Seen = SeenIn(parts) }, cancellationToken)).Operation is not null))
            {
                done++;
            }
        }

        await failPoints.HitAsync(FailPoints.BulkActed);
        if (replay.InFlight.Any(text => selection.FindObstacle(text.Split('/')[0]) is not null))
        {
            // The pipeline went away meanwhile: when it is back, what was refused only for that is found again. What was started is not.
            return await store.UpdateAsync(stored, replay with { Done = replay.Done + done, Checkpoint = null, InFlight = [] }, cancellationToken);
        }

        var progress = replay with { Done = replay.Done + done, Refused = replay.Refused + replay.InFlight.Count - done, InFlight = [] };
        return await store.UpdateAsync(stored, progress, cancellationToken);
    }

    /// <summary>Whether the crashed process started this operation already, according to its events. Then only its message may be missing.</summary>
    private async Task<bool> IsStartedAsync(Replay replay, OperationId id, CancellationToken cancellationToken)
    {
        if (await journal.TryReadAsync(id, cancellationToken) is not { } entry
            || !entry.Operation.Events.Any(e => e.Name == EventNames.Replayed && e.Detail?.Contains(replay.Id, StringComparison.Ordinal) == true))
        {
            return false;
        }

        await outbox.SendAsync(Outbox.Of(entry.Operation), cancellationToken);
        return true;
    }

    /// <summary>The replay with its next batch, from one pipeline; without one when the usable pipelines have no more. First the pipeline of the checkpoint.</summary>
    private async Task<Replay> TakeAsync(Replay replay, int count, CancellationToken cancellationToken)
    {
        bool IsCurrent(string name) => replay.Checkpoint?.StartsWith($"{name}/", StringComparison.Ordinal) == true;

        foreach (var name in selection.Usable(replay.Query).Except(replay.Finished ?? [], StringComparer.Ordinal).OrderByDescending(IsCurrent).ThenBy(name => name, StringComparer.Ordinal).ToList())
        {
            var batch = await selection.FindAsync(replay.Query with { Pipeline = name }, replay.From, replay.StartedAt, IsCurrent(name) ? replay.Checkpoint : null, cancellationToken)
                .Take(count).ToListAsync(cancellationToken);
            if (batch is [.., var last])
            {
                return replay with { Checkpoint = last.Checkpoint, InFlight = [.. batch.Select(found => $"{found.Operation.Id}/{found.Operation.Run}")] };
            }

            replay = replay with { Finished = [.. replay.Finished ?? [], name] };
        }

        return replay;
    }

    /// <summary>What was planned: an order in doubt that was sent again since then is not the one that the replay was started for. Null in rows of earlier versions.</summary>
    private static SeenState? SeenIn(string[] planned) => planned.Length > 3 ? new SeenState(planned[3], null) : null;

    private static OperatorAction Action(Replay replay)
    {
        var by = replay.By is { } name ? $"{name}, replay {replay.Id}" : $"replay {replay.Id}";
        return replay.From == "enrich" ? new OperatorAction.ReplayEnrich(by) : new OperatorAction.ReplaySend(by);
    }

    private static partial class Log
    {
        [LoggerMessage(1511, LogLevel.Information, "Replay {Replay} is done: {Count} started, {Refused} refused because of their state")]
        public static partial void Done(ILogger logger, string replay, int count, int refused);
    }
}
