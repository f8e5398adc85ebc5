using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Chaos;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Records;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>
/// Carries running replays on, a few operations at a time. Before a handful is set going, the replay's row names it; after a crash
/// exactly these are looked at again, and a message too many does no harm.
/// </summary>
public sealed partial class ReplayRunner(
    ReplayStore store,
    ReplaySelection selection,
    OperatorService operators,
    JournalStore journal,
    PromiseSender promises,
    PausePoints pause,
    TimeProvider time,
    ILogger<ReplayRunner> logger)
{
    private const int Handful = 20;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var stored in await store.RunningAsync(cancellationToken))
        {
            await CarryOnAsync(stored, cancellationToken);
        }
    }

    private async Task CarryOnAsync(StoredReplay stored, CancellationToken cancellationToken)
    {
        var budget = new TimeBudget(time);
        while (stored.Replay.State == ReplayState.Running && !budget.IsSpent)
        {
            // The handful that was under way when a process died comes first, and the walk has passed it already.
            var resumed = stored.Replay.UnderWay.Count > 0;
            if (!resumed)
            {
                if (await PlanAsync(stored, cancellationToken) is not { } planned)
                {
                    return;
                }

                stored = planned;
                await pause.ReachAsync(PausePoints.BulkPlanned);
            }

            if (await SetGoingAsync(stored, resumed, cancellationToken) is not { } next)
            {
                // Cancelled, or carried on elsewhere.
                return;
            }

            stored = next;
        }
    }

    /// <summary>Names the next handful in the replay's row; null when there is none now.</summary>
    private async Task<StoredReplay?> PlanAsync(StoredReplay stored, CancellationToken cancellationToken)
    {
        var replay = stored.Replay;
        var allowed = ReplayPace.Allowed(time.GetUtcNow() - replay.StartedAt, replay.PerMinute) - replay.Done - replay.Refused;
        if (allowed <= 0)
        {
            return null;
        }

        var (ids, place) = await TakeAsync(replay, Math.Min(allowed, Handful), cancellationToken);
        if (ids.Count > 0)
        {
            return await store.UpdateAsync(stored, replay with { Place = place, UnderWay = [.. ids.Select(id => id.ToString())] }, cancellationToken);
        }

        if (await store.UpdateAsync(stored, replay with { State = ReplayState.Done }, cancellationToken) is not null)
        {
            Log.Done(logger, replay.Id, replay.Done, replay.Refused);
        }

        return null;
    }

    private async Task<StoredReplay?> SetGoingAsync(StoredReplay stored, bool resumed, CancellationToken cancellationToken)
    {
        var replay = stored.Replay;
        var done = 0;
        foreach (var text in replay.UnderWay)
        {
            var parts = text.Split('/');
            if (OperationFinder.TryRead(parts[0], parts[1], parts[2], out var id)
                && ((resumed && await IsGoingAsync(replay, id, cancellationToken))
                    || (await operators.ActAsync(id, Action(replay), cancellationToken)).Operation is not null))
            {
                done++;
            }
        }

        await pause.ReachAsync(PausePoints.BulkActed);
        var progress = replay with { Done = replay.Done + done, Refused = replay.Refused + replay.UnderWay.Count - done, UnderWay = [] };
        return await store.UpdateAsync(stored, progress, cancellationToken);
    }

    /// <summary>Whether the process that died had set it going already, as its story tells. Then it may lack only its message.</summary>
    private async Task<bool> IsGoingAsync(Replay replay, OperationId id, CancellationToken cancellationToken)
    {
        if (await journal.ReadAsync(id, cancellationToken) is not { } entry
            || !entry.Operation.Events.Any(e => e.Name == EventNames.Replayed && e.Detail?.Contains(replay.Id, StringComparison.Ordinal) == true))
        {
            return false;
        }

        await promises.SendAsync(Promises.Of(entry.Operation), cancellationToken);
        return true;
    }

    private async Task<(List<OperationId> Ids, string? Place)> TakeAsync(Replay replay, int count, CancellationToken cancellationToken)
    {
        var ids = new List<OperationId>(count);
        var place = replay.Place;
        await foreach (var found in selection.FindAsync(replay.Query, replay.From, replay.StartedAt, replay.Place, cancellationToken))
        {
            ids.Add(found.Operation.Id);
            place = found.Place;
            if (ids.Count == count)
            {
                break;
            }
        }

        return (ids, place);
    }

    private static OperatorAction Action(Replay replay)
    {
        var by = replay.By is { } name ? $"{name}, replay {replay.Id}" : $"replay {replay.Id}";
        return replay.From == "enrich" ? new OperatorAction.ReplayEnrich(by) : new OperatorAction.ReplaySend(by);
    }

    private static partial class Log
    {
        [LoggerMessage(1511, LogLevel.Information, "Replay {Replay} is done: {Count} set going, {Refused} refused by their state")]
        public static partial void Done(ILogger logger, string replay, int count, int refused);
    }
}
