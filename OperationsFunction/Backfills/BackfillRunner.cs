using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.OperationsFunction.Backfills;

/// <summary>
/// Continues running backfills, one batch at a time. Each batch is recorded with its runs before it is enqueued, so a crash resumes exactly
/// that batch, and a message that is sent twice is a duplicate of the same run.
/// </summary>
public sealed partial class BackfillRunner(
    BackfillStore store,
    BackfillSelection selection,
    PipelineCatalog pipelines,
    CircuitBreakerStore breakers,
    StageQueues queues,
    FailPoints failPoints,
    TimeProvider time,
    ILogger<BackfillRunner> logger) : IBulkRunner
{
    private const int BatchSize = 20;

    /// <summary>Known records that are skipped before the progress is saved.</summary>
    private const int MaxPassed = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var stored in await store.RunningAsync(cancellationToken))
        {
            if (pipelines.TryFind(stored.Run.Query.Pipeline, out var pipeline)
                && await breakers.FindOpenAsync(pipeline.Name, CircuitBreakerState.Uon, cancellationToken) is null)
            {
                var pages = new PageCache(selection);
                await BulkRun.ContinueAsync(
                    stored, run => PlanAsync(pipeline, run, pages, cancellationToken), (run, resumed) => EnqueueAsync(pipeline, run, resumed, cancellationToken), time);
            }
        }
    }

    /// <summary>Records the next batch; null when there is nothing to do now.</summary>
    private async Task<StoredRun<Backfill>?> PlanAsync(Pipeline pipeline, StoredRun<Backfill> stored, PageCache pages, CancellationToken cancellationToken)
    {
        var (allowed, pace) = ReplayRate.Next(stored.Run.Pace ?? new Pace(stored.Run.StartedAt, 0), stored.Run.Done, stored.Run.PerMinute, time.GetUtcNow());
        if (allowed <= 0)
        {
            return null;
        }

        var backfill = stored.Run with { Pace = pace };

        var kinds = selection.Kinds(pipeline, backfill.Query);
        var (batch, known, position) = (new List<string>(), 0, backfill.Position);
        while (batch.Count < Math.Min(allowed, BatchSize) && known < MaxPassed && position.Table < kinds.Count)
        {
            var kind = kinds[position.Table];
            var (rows, problem) = await pages.FetchAsync(pipeline, backfill.Query, kind, position.Page, cancellationToken);
            if (problem is not null)
            {
                Log.Stopped(logger, backfill.Id, kind, position.Page, problem);
                // Save the records skipped so far; the next run reads this page again.
                await store.UpdateAsync(stored, backfill with { Known = backfill.Known + known, Position = position, InFlight = batch, Problem = problem }, cancellationToken);
                return null;
            }

            if (position.Row >= rows.Count)
            {
                position = rows.Count == 0 ? new BackfillPosition(position.Table + 1, 1, 0) : new BackfillPosition(position.Table, position.Page + 1, 0);
                continue;
            }

            var id = new OperationId(pipeline.Name, kind, rows[position.Row].Id);
            position = position with { Row = position.Row + 1 };
            if (await selection.IsKnownAsync(id, cancellationToken))
            {
                known++;
            }
            else
            {
                batch.Add($"{kind.Name()}/{id.RecordId}/{RunId.New(time)}");
            }
        }

        var next = backfill with { Known = backfill.Known + known, Position = position, InFlight = batch, Problem = null };
        if (position.Table < kinds.Count || batch.Count > 0)
        {
            return await store.UpdateAsync(stored, next, cancellationToken);
        }

        if (await store.UpdateAsync(stored, next with { State = ReplayState.Done }, cancellationToken) is not null)
        {
            Log.Done(logger, backfill.Id, next.Done, next.Known);
        }

        return null;
    }

    private async Task<StoredRun<Backfill>?> EnqueueAsync(Pipeline pipeline, StoredRun<Backfill> stored, bool resumed, CancellationToken cancellationToken)
    {
        if (!resumed)
        {
            await failPoints.HitAsync(FailPoints.BackfillPlanned);
        }

        var backfill = stored.Run;
        var done = 0;
        foreach (var text in backfill.InFlight)
        {
            var parts = text.Split('/');
            if (!OperationFinder.TryRead(pipeline.Name, parts[0], parts[1], out var id))
            {
                continue;
            }

            // The crashed process may have enqueued it, or a webhook may have arrived in the meantime: skip records that are in the journal.
            if (!resumed || !await selection.IsKnownAsync(id, cancellationToken))
            {
                await queues.SendAsync(QueueNames.UonRecords, Message(id, parts[2], backfill), cancellationToken);
            }

            done++;
        }

        if (done > 0)
        {
            await failPoints.HitAsync(FailPoints.BackfillQueued);
        }

        return await store.UpdateAsync(stored, backfill with { Done = backfill.Done + done, InFlight = [] }, cancellationToken);
    }

    private StageMessage Message(OperationId id, string run, Backfill backfill) => new()
    {
        Pipeline = id.Pipeline,
        Kind = id.Kind,
        Id = id.RecordId,
        Run = run,
        Attempt = 1,
        Traceparent = Traces.Context(),
        Webhook = new WebhookMetadata { ReceivedAt = time.GetUtcNow(), Reconciled = true, Backfill = backfill.Id },
    };

    /// <summary>Caches the current page, because a batch is only a fifth of a page.</summary>
    private sealed class PageCache(BackfillSelection selection)
    {
        private (RecordKind Kind, int Page, RecordPage Content)? _last;

        public async Task<RecordPage> FetchAsync(Pipeline pipeline, BackfillQuery query, RecordKind kind, int page, CancellationToken cancellationToken)
        {
            if (_last is { } last && last.Kind == kind && last.Page == page && last.Content.Problem is null)
            {
                return last.Content;
            }

            var content = await selection.PageAsync(pipeline, query, kind, page, cancellationToken);
            _last = (kind, page, content);
            return content;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1641, LogLevel.Information, "Backfill {Backfill} is done: {Count} enqueued, {Known} were known")]
        public static partial void Done(ILogger logger, string backfill, int count, int known);

        [LoggerMessage(1642, LogLevel.Warning, "Backfill {Backfill} stopped at page {Page} of {Kind}; the next run continues there. {Problem}")]
        public static partial void Stopped(ILogger logger, string backfill, RecordKind kind, int page, string problem);
    }
}
