using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Chaos;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Json;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;
using UonOfferum.Shared.Telemetry;
using UonOfferum.UonWebhookFunction.Uon;
using UonOfferum.UonWebhookFunction.Webhook;

namespace UonOfferum.UonWebhookFunction.Reconcile;

/// <summary>
/// Finds records whose webhook never came: pages U-ON's lists over <c>Reconcile:Window</c> and enqueues what the journal does not
/// know. Age and filter are judged where they always are, in the enrichment.
/// </summary>
public sealed partial class Reconciler(
    PipelineCatalog pipelines,
    UonClient uon,
    ReconcilePlaces places,
    JournalStore journal,
    StageQueues queues,
    GateStore gates,
    PausePoints pause,
    TimeProvider time,
    ILogger<Reconciler> logger)
{
    private const int MaxPagesPerRun = 100;

    /// <summary>A younger record's webhook may still be on its way.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    /// <returns>How many records were enqueued.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var pipeline in pipelines.All.Where(p => p.ReconcileWindow > TimeSpan.Zero))
        {
            if (await gates.ClosedAsync(pipeline.Name, Gate.Uon, cancellationToken) is not null)
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

    /// <summary>Only the tables whose creation this pipeline would have been told of.</summary>
    internal static IEnumerable<RecordKind> Kinds(UonSettings settings) =>
        new[] { RecordKind.Lead, RecordKind.Request }.Where(kind =>
            (settings.Record == RecordKind.Auto || settings.Record == kind)
            && settings.Events.Any(type => UonEvents.KindOf(type, null, settings.Record) == kind));

    private async Task<int> PassAsync(Pipeline pipeline, RecordKind kind, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<UonSettings>();
        var place = await places.ReadAsync(pipeline.Name, kind, cancellationToken);
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), settings.TimeZone);
        if (place is null or { Page: 0 } || place.To < DateOnly.FromDateTime(now.DateTime.AddDays(-1)))
        {
            // A pass that a page it cannot read has held up for days gives way to a new one.
            place = new ReconcilePlace(DateOnly.FromDateTime((now - pipeline.ReconcileWindow).DateTime), DateOnly.FromDateTime(now.DateTime), 1);
        }

        var found = 0;
        for (var pages = 0; pages < MaxPagesPerRun && place.Page > 0; pages++)
        {
            switch (await uon.GetPageAsync(settings, kind, place.From, place.To, place.Page, cancellationToken))
            {
                case UonReply.Page page:
                    found += await EnqueueUnknownAsync(pipeline, kind, settings, page.Records, cancellationToken);
                    place = place with { Page = place.Page + 1 };
                    break;
                case UonReply.NotFound:
                    place = place with { Page = 0 };
                    break;
                case var trouble:
                    // The next run of the timer reads this page again.
                    Log.Stopped(logger, pipeline.Name, kind, place.Page, trouble.GetType().Name);
                    return found;
            }

            await places.WriteAsync(pipeline.Name, kind, place, cancellationToken);
        }

        return found;
    }

    private async Task<int> EnqueueUnknownAsync(
        Pipeline pipeline, RecordKind kind, UonSettings settings, IReadOnlyList<JsonElement> page, CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var (id, createdAt) in Records(page, settings))
        {
            var now = time.GetUtcNow();
            var operation = new OperationId(pipeline.Name, kind, id);
            if (createdAt > now - Settled || createdAt < now - settings.MaxAge || await journal.ReadAsync(operation, cancellationToken) is not null)
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
                    Run = Runs.New(time),
                    Attempt = 1,
                    Traceparent = Traces.Context(),
                    Webhook = new WebhookNote { ReceivedAt = now, Reconciled = true },
                },
                cancellationToken);
            await pause.ReachAsync(PausePoints.ReconcileQueued);
            Log.Found(logger, operation);
            found++;
        }

        return found;
    }

    private static IEnumerable<(long Id, DateTimeOffset? CreatedAt)> Records(IReadOnlyList<JsonElement> page, UonSettings settings)
    {
        foreach (var item in page.Where(i => i.ValueKind == JsonValueKind.Object))
        {
            if (long.TryParse(Text(item, "id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and <= OperationId.MaxRecordId)
            {
                yield return (id, UonDates.Read(Text(item, "dat") ?? Text(item, "dat_lead"), settings.TimeZone));
            }
        }
    }

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? JsonScalar.Text(value) : null;

    private static partial class Log
    {
        [LoggerMessage(1111, LogLevel.Warning, "{Operation}: no webhook came for this record; enqueued by the reconcile timer")]
        public static partial void Found(ILogger logger, OperationId operation);

        [LoggerMessage(1112, LogLevel.Warning, "{Pipeline}: reconcile of {Kind} stopped at page {Page} ({Trouble}); it goes on there")]
        public static partial void Stopped(ILogger logger, string pipeline, RecordKind kind, int page, string trouble);
    }
}
