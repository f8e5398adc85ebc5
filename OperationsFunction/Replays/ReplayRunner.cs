using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Records;

namespace UonOfferum.OperationsFunction.Replays;

/// <summary>
/// Carries running replays on, a few operations at a time. Before a handful is set going, the replay's row names it; after a crash
/// exactly these get their messages again, and a message too many does no harm.
/// </summary>
public sealed partial class ReplayRunner(
    ReplayStore store,
    ReplaySelection selection,
    OperatorService operators,
    JournalStore journal,
    PromiseSender promises,
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
        await KeepPromisesAsync(stored.Replay.UnderWay, cancellationToken);
        var budget = new TimeBudget(time);
        while (stored.Replay.State == ReplayState.Running && !budget.IsSpent)
        {
            var replay = stored.Replay;
            var allowed = ReplayPace.Allowed(time.GetUtcNow() - replay.StartedAt, replay.PerMinute) - replay.Done - replay.Refused;
            if (allowed <= 0)
            {
                return;
            }

            var (ids, place) = await TakeAsync(replay, Math.Min(allowed, Handful), cancellationToken);
            var planned = replay with
            {
                Place = place,
                UnderWay = [.. ids.Select(id => id.ToString())],
                State = ids.Count == 0 ? ReplayState.Done : ReplayState.Running,
            };
            if (await store.UpdateAsync(stored, planned, cancellationToken) is not { } written)
            {
                // Cancelled, or carried on elsewhere.
                return;
            }

            if (ids.Count == 0)
            {
                Log.Done(logger, replay.Id, replay.Done, replay.Refused);
                return;
            }

            var done = 0;
            foreach (var id in ids)
            {
                done += (await operators.ActAsync(id, Action(replay), cancellationToken)).Operation is null ? 0 : 1;
            }

            var progress = planned with { Done = planned.Done + done, Refused = planned.Refused + ids.Count - done, UnderWay = [] };
            if (await store.UpdateAsync(written, progress, cancellationToken) is not { } next)
            {
                return;
            }

            stored = next;
        }
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

    private async Task KeepPromisesAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        foreach (var text in ids)
        {
            var parts = text.Split('/');
            if (OperationFinder.TryRead(parts[0], parts[1], parts[2], out var id) && await journal.ReadAsync(id, cancellationToken) is { } entry)
            {
                await promises.SendAsync(Promises.Of(entry.Operation), cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1511, LogLevel.Information, "Replay {Replay} is done: {Count} set going, {Refused} refused by their state")]
        public static partial void Done(ILogger logger, string replay, int count, int refused);
    }
}
