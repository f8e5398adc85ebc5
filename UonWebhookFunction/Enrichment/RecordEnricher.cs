using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Limits;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Storage;
using UonOfferum.Shared.Telemetry;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>
/// One message of <c>uon-records</c>: fetch from U-ON, write the result, enqueue the next message. The first attempt writes without
/// reading the journal; only a conflict makes it read and decide.
/// </summary>
public sealed partial class RecordEnricher(
    StageMessageReader reader,
    PipelineCatalog pipelines,
    RetiredRecords retired,
    RecordFetcher fetcher,
    JournalStore journal,
    OutboxSender outbox,
    IEnumerable<IDestination> destinations,
    FailPoints failPoints,
    Jitter jitter,
    TimeProvider time,
    ILogger<RecordEnricher> logger)
{
    private static readonly TimeSpan StorageRetryDelay = TimeSpan.FromSeconds(30);

    public async Task RunAsync(QueueMessage message)
    {
        if (await reader.ReadAsync(QueueNames.UonRecords, message, CancellationToken.None) is { } read)
        {
            await RunAsync(read, message.DequeueCount > 1);
        }
    }

    /// <remarks>A shutdown does not cancel it: each call has its own timeout, and an interrupted message returns only after <c>visibilityTimeout</c>.</remarks>
    /// <param name="message">A message of the queue <c>uon-records</c>.</param>
    /// <param name="redelivered">The platform has delivered this message before.</param>
    public async Task RunAsync(StageMessage message, bool redelivered)
    {
        var cancellationToken = CancellationToken.None;
        // One snapshot, one pipeline: this message is processed under one revision, whatever is published in the meantime.
        var current = pipelines.Current;
        if (current.MustWait(message.Pipeline))
        {
            await outbox.DeferAsync(QueueNames.UonRecords, message, time.GetUtcNow() + InvalidPipeline.RecheckAfter, cancellationToken);
            return;
        }

        try
        {
            if (!current.TryFind(message.Pipeline, out var pipeline))
            {
                await retired.HoldAsync(message, cancellationToken);
                return;
            }

            using var activity = Traces.Stage(Stages.Enrich, message);
            await EnrichAsync(pipeline, message, redelivered, cancellationToken);
        }
        catch (Exception e) when (StorageErrors.IsTransient(e))
        {
            // A storage outage is not this lead's failure: without this the platform would dead-letter the message after a few minutes.
            Log.StorageUnavailable(logger, message.OperationId(), e.GetType().Name);
            await outbox.DeferAsync(QueueNames.UonRecords, message, time.GetUtcNow() + StorageRetryDelay, cancellationToken);
        }
    }

    /// <summary>Decides and acts, and decides again when another writer was first.</summary>
    private async Task EnrichAsync(Pipeline pipeline, StageMessage message, bool redelivered, CancellationToken cancellationToken)
    {
        // A write under the kind that is found does not conflict with the row under auto: unread, a released or replayed record would begin a second story.
        var known = message.Attempt > 1 || redelivered || message.Kind == RecordKind.Auto || !EnrichDecisions.IsFresh(message, time.GetUtcNow())
            ? await journal.ReadAsync(message.OperationId(), cancellationToken)
            : null;
        EnrichOutcome? outcome = null;
        while (true)
        {
            if (known is not null)
            {
                var complete = EnrichSteps.WithClient(known.Operation, EnrichSteps.Renew(known.Operation, message, time));
                // What was read without the client is not what is to be written.
                outcome = complete.Webhook == message.Webhook ? outcome : null;
                message = complete;
            }

            var decision = EnrichDecisions.Next(known?.Operation, message, outcome, pipeline.Fields, time.GetUtcNow());
            if (decision == EnrichDecision.Fetch)
            {
                outcome = await fetcher.FetchAsync(pipeline, message, cancellationToken);
            }
            else if (decision == EnrichDecision.Write)
            {
                if (await TryWriteAsync(pipeline, message, known, outcome!, cancellationToken))
                {
                    return;
                }

                // A storage client that repeats its write may report a conflict with nobody: then the placeholder is still what continues.
                known = await journal.ReadAsync(message.OperationId() with { Kind = outcome!.Kind }, cancellationToken)
                    ?? await journal.ReadAsync(message.OperationId(), cancellationToken);
            }
            else if (await TrySettleAsync(decision, pipeline, known!, message, cancellationToken))
            {
                await DeletePlaceholderAsync(message, outcome?.Kind ?? message.Kind, cancellationToken);
                return;
            }
            else
            {
                known = await journal.ReadAsync(known!.Operation.Id, cancellationToken);
            }
        }
    }

    /// <summary>Performs actions that need no reply from U-ON; false when another writer was first.</summary>
    private async Task<bool> TrySettleAsync(EnrichDecision decision, Pipeline pipeline, JournalEntry known, StageMessage message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (decision)
        {
            case EnrichDecision.Republish:
                await outbox.SendAsync(Outbox.Of(known.Operation), cancellationToken);
                return true;
            case EnrichDecision.GiveUp:
                await outbox.SendAsync(Outbox.Of(known.Operation), cancellationToken);
                await outbox.DeadLetterAsync(QueueNames.UonRecords, message, cancellationToken);
                return true;
            case EnrichDecision.Park:
                return await journal.UpdateAsync(known, EnrichResults.Park(known.Operation, message, now), null, cancellationToken) is not null;
            case EnrichDecision.Defer:
                var shortest = pipeline.Get<UonSettings>().Retry.FirstOrDefault(StorageRetryDelay);
                await outbox.DeferAsync(QueueNames.UonRecords, message, now + EnrichDecisions.Delay(message, shortest, now), cancellationToken);
                return true;
            case EnrichDecision.Note:
                // If another writer was first, perhaps a duplicate delivery of this message, this one must republish its outbox message.
                var noted = EnrichResults.Note(known.Operation, message, now);
                return noted.Webhook == known.Operation.Webhook
                    ? await journal.NoteAsync(known, noted, cancellationToken) is not null
                    : await journal.UpdateAsync(known, noted, null, cancellationToken) is not null;
            case EnrichDecision.Drop:
                Log.Dropped(logger, known.Operation.Id, known.Operation.State, message.Attempt);
                return true;
            default:
                throw new InvalidOperationException($"{decision} needs U-ON's answer.");
        }
    }

    /// <summary>False when the journal's state differs from the assumed one.</summary>
    private async Task<bool> TryWriteAsync(
        Pipeline pipeline, StageMessage message, JournalEntry? known, EnrichOutcome outcome, CancellationToken cancellationToken)
    {
        var id = message.OperationId() with { Kind = outcome.Kind };
        var moves = known is not null && known.Operation.Id != id;
        var now = time.GetUtcNow();
        var next = EnrichResults.Apply(
            EnrichResults.Begin(known is null ? null : known.Operation with { Revision = pipeline.Revision }, message, id, now) with { Revision = pipeline.Revision },
            outcome, pipeline.Get<UonSettings>(), pipeline.Fields, destinations.Where(d => !d.IsReport && d.Serves(pipeline)), now, jitter.Next());
        var written = known is null || moves
            ? await journal.InsertAsync(next, begins: !moves, cancellationToken)
            : (await journal.UpdateAsync(known, next, null, cancellationToken))?.Entry;
        if (written is null)
        {
            return false;
        }

        if (known is not null)
        {
            await failPoints.HitAsync(FailPoints.KindFound);
            if (moves && await journal.ReadAsync(known.Operation.Id, cancellationToken) is { Operation: { Enrichment: EnrichmentState.Discarded } discarded }
                && await journal.UpdateAsync(written, discarded with { Id = id, Fields = next.Fields }, null, cancellationToken) is not null)
            {
                // An operator discarded the record while its kind was being found, and no message is under way yet.
                await DeletePlaceholderAsync(message, outcome.Kind, cancellationToken);
                return true;
            }

            await DeletePlaceholderAsync(message, outcome.Kind, cancellationToken);
        }

        await FinishAsync(next, message, cancellationToken);
        return true;
    }

    private async Task FinishAsync(Operation operation, StageMessage message, CancellationToken cancellationToken)
    {
        Meters.Enrichment(operation.Enrichment.Shown());
        Traces.Ended(operation.Enrichment.Shown(), operation.EnrichError?.Code, time.GetUtcNow() - operation.ReceivedAt);
        Log.Finished(logger, operation.Id, operation.Enrichment.Shown(), operation.EnrichError?.Code, message.Attempt);
        if (operation.Enrichment == EnrichmentState.Failed)
        {
            await failPoints.HitAsync(FailPoints.EnrichFailedJournaled);
            await outbox.SendAsync(Outbox.Of(operation), cancellationToken);
            await outbox.DeadLetterAsync(QueueNames.UonRecords, message with { Kind = operation.Id.Kind }, cancellationToken);
            return;
        }

        await failPoints.HitAsync(FailPoints.EnrichJournaled);
        await outbox.SendAsync(Outbox.Of(operation), cancellationToken);
        await failPoints.HitAsync(FailPoints.EnrichQueued);
    }

    /// <summary>Deletes the placeholder row once the kind is known, also one that an earlier run left.</summary>
    private async Task DeletePlaceholderAsync(StageMessage message, RecordKind found, CancellationToken cancellationToken)
    {
        if (message.Kind == RecordKind.Auto && found != RecordKind.Auto
            && await journal.ReadAsync(message.OperationId(), cancellationToken) is { } auto && RunId.Compare(auto.Operation.Run, message.Run) <= 0)
        {
            await journal.DeleteAsync(auto, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Debug, "{Operation}: message of attempt {Attempt} is ignored, the operation is {State}")]
        public static partial void Dropped(ILogger logger, OperationId operation, OperationState state, int attempt);

        [LoggerMessage(1103, LogLevel.Warning, "{Operation}: the journal does not answer ({Cause}); trying again in half a minute")]
        public static partial void StorageUnavailable(ILogger logger, OperationId operation, string cause);

        [LoggerMessage(1102, LogLevel.Information, "{Operation}: {State} {Code}, attempt {Attempt}")]
        public static partial void Finished(ILogger logger, OperationId operation, OperationState state, string? code, int attempt);
    }
}
