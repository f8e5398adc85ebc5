using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Telemetry;
using UonOfferum.Shared.Text;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Reconcile;

/// <summary>
/// Finds records whose webhook never came: pages U-ON's lists over <c>Reconcile:Window</c> and enqueues records that the journal does
/// not have. It never looks back beyond the pipeline's first start: older records were handled by the previous system. The
/// enrichment checks age and filter as usual.
/// </summary>
public sealed partial class Reconciler(
    PipelineCatalog pipelines,
    UonClient uon,
    CheckpointStore checkpoints,
    PipelineRegistry registry,
    JournalStore journal,
    StageQueues queues,
    CircuitBreakerStore breakers,
    FailPoints failPoints,
    TimeProvider time,
    ILogger<Reconciler> logger)
{
    private const int MaxPagesPerRun = 100;

    /// <summary>A newer record's webhook may still arrive.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    /// <returns>How many records were enqueued.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var pipeline in pipelines.All.Where(p => p.ReconcileWindow > TimeSpan.Zero && !p.IsStopped))
        {
            if (await breakers.FindOpenAsync(pipeline.Name, CircuitBreakerState.Uon, cancellationToken) is not null)
            {
                continue;
            }

            foreach (var kind in Kinds(pipeline.Get<UonSettings>()))
            {
                count += await PassAsync(pipeline, kind, cancellationToken);
            }
        }

        return count;
    }

    /// <summary>Only the tables whose new records U-ON announces to this pipeline.</summary>
    internal static IEnumerable<RecordKind> Kinds(UonSettings settings) =>
        new[] { RecordKind.Lead, RecordKind.Request }.Where(kind =>
            (settings.Record == RecordKind.Auto || settings.Record == kind)
            && settings.Events.Any(type => UonEvents.KindOf(type, null, settings.Record) == kind));

    private async Task<int> PassAsync(Pipeline pipeline, RecordKind kind, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<UonSettings>();
        var checkpoint = await checkpoints.ReadAsync(pipeline.Name, kind, cancellationToken);
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), settings.TimeZone);
        var floor = pipeline.ReconcileFrom ?? await registry.LookBackFromAsync(pipeline.Name, cancellationToken);
        if (checkpoint is null or { Page: 0 } || checkpoint.To < DateOnly.FromDateTime(now.DateTime.AddDays(-1)))
        {
            // A new pass replaces one that an unreadable page has blocked for days.
            var from = now - pipeline.ReconcileWindow;
            from = from > floor ? from : TimeZoneInfo.ConvertTime(floor, settings.TimeZone);
            checkpoint = new Checkpoint(DateOnly.FromDateTime(from.DateTime), DateOnly.FromDateTime(now.DateTime), 1);
        }

        var found = 0;
        for (var pages = 0; pages < MaxPagesPerRun && checkpoint.Page > 0; pages++)
        {
            switch (await uon.GetPageAsync(settings, kind, checkpoint.From, checkpoint.To, checkpoint.Page, cancellationToken))
            {
                case UonReply.Page page:
                    found += await EnqueueUnknownAsync(pipeline, kind, settings, floor, page.Records, cancellationToken);
                    checkpoint = checkpoint with { Page = checkpoint.Page + 1 };
                    break;
                case UonReply.NotFound:
                    checkpoint = checkpoint with { Page = 0 };
                    break;
                case var failure:
                    // The next run reads this page again.
                    Log.Stopped(logger, pipeline.Name, kind, checkpoint.Page, failure.GetType().Name);
                    return found;
            }

            await checkpoints.WriteAsync(pipeline.Name, kind, checkpoint, cancellationToken);
        }

        return found;
    }

    private async Task<int> EnqueueUnknownAsync(
        Pipeline pipeline, RecordKind kind, UonSettings settings, DateTimeOffset floor, IReadOnlyList<JsonElement> page, CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var (id, createdAt) in Records(page, settings))
        {
            var now = time.GetUtcNow();
            var operation = new OperationId(pipeline.Name, kind, id);
            if (!IsOurs(createdAt, floor, now, pipeline.ReconcileWindow) || createdAt > now - Settled || createdAt < now - settings.MaxAge || (await journal.FindAsync(operation, cancellationToken)).Exists)
            {
                continue;
            }

            await queues.SendAsync(
                QueueNames.UonRecords,
                new StageMessage
                {
                    Pipeline = pipeline.Name,
                    Kind = kind,
                    Id = id,
                    Run = RunId.New(time),
                    Attempt = 1,
                    Traceparent = Traces.Context(),
                    Webhook = new WebhookMetadata { ReceivedAt = now, Reconciled = true },
                },
                cancellationToken);
            await failPoints.HitAsync(FailPoints.ReconcileQueued);
            Log.Found(logger, operation);
            found++;
        }

        return found;
    }

    /// <summary>A record without a valid date counts as ours once the list no longer reaches back before the start.</summary>
    internal static bool IsOurs(DateTimeOffset? createdAt, DateTimeOffset floor, DateTimeOffset now, TimeSpan window) =>
        createdAt is { } at ? at >= floor : floor < now - window - TimeSpan.FromDays(1);

    private static IEnumerable<(long Id, DateTimeOffset? CreatedAt)> Records(IReadOnlyList<JsonElement> page, UonSettings settings)
    {
        foreach (var item in page)
        {
            if (long.TryParse(item.Text("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and <= OperationId.MaxRecordId)
            {
                yield return (id, UonDates.CreatedAt(item, settings.TimeZone));
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1111, LogLevel.Warning, "{Operation}: no webhook arrived for this record; enqueued by the reconcile job")]
        public static partial void Found(ILogger logger, OperationId operation);

        [LoggerMessage(1112, LogLevel.Warning, "{Pipeline}: reconcile of {Kind} stopped at page {Page} ({Failure}); the next run continues there")]
        public static partial void Stopped(ILogger logger, string pipeline, RecordKind kind, int page, string failure);
    }
}
