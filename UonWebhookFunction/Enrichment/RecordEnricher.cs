using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Limits;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Storage;
using UonOfferum.Shared.Telemetry;
using UonOfferum.UonWebhookFunction.Uon;
using UonOfferum.UonWebhookFunction.WriteBack;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>
/// One message of <c>uon-records</c>: fetch from U-ON, write the result, enqueue the next message. The first attempt writes without
/// reading the journal; only a conflict makes it read and decide.
/// </summary>
public sealed partial class RecordEnricher(
    StageMessageReader reader,
    PipelineCatalog pipelines,
    RetiredRecords retired,
    RecordLookup lookup,
    JournalStore journal,
    CircuitBreakerPolicy breakers,
    OutboxSender outbox,
    IEnumerable<IDestination> destinations,
    FailPoints failPoints,
    Jitter jitter,
    TimeProvider time,
    ILogger<RecordEnricher> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan StorageRetryDelay = TimeSpan.FromSeconds(30);

    public async Task RunAsync(QueueMessage message)
    {
        if (await reader.ReadAsync(QueueNames.UonRecords, message, CancellationToken.None) is { } read)
        {
            await RunAsync(read, message.DequeueCount > 1);
        }
    }

    /// <remarks>A shutdown does not cut it off: each call has a timeout of its own, and a message that is cut off returns only after <c>visibilityTimeout</c>.</remarks>
    /// <param name="message">Of the queue <c>uon-records</c>.</param>
    /// <param name="redelivered">The platform has delivered this message before.</param>
    public async Task RunAsync(StageMessage message, bool redelivered)
    {
        var cancellationToken = CancellationToken.None;
        // One snapshot, one pipeline: whatever is published meanwhile, this message is worked under one revision.
        var current = pipelines.Current;
        if (current.MustWait(message.Pipeline))
        {
            await outbox.DeferAsync(QueueNames.UonRecords, message, time.GetUtcNow() + InvalidPipeline.RecheckAfter, cancellationToken);
            return;
        }

        if (!current.TryFind(message.Pipeline, out var pipeline))
        {
            await retired.HoldAsync(message, cancellationToken);
            return;
        }

        using var activity = Traces.Stage(Stages.Enrich, message);
        try
        {
            await EnrichAsync(pipeline, message, redelivered, cancellationToken);
        }
        catch (Exception e) when (StorageErrors.IsTransient(e))
        {
            // A storage outage is not this lead's failure: without this the platform would dead-letter the message after a few minutes.
            Log.StorageUnavailable(logger, message.OperationId(), e.GetType().Name);
            await outbox.DeferAsync(QueueNames.UonRecords, message, time.GetUtcNow() + StorageRetryDelay, cancellationToken);
        }
    }

    private async Task EnrichAsync(Pipeline pipeline, StageMessage message, bool redelivered, CancellationToken cancellationToken)
    {
        var known = message.Attempt > 1 || redelivered || !IsFresh(message) ? await journal.ReadAsync(message.OperationId(), cancellationToken) : null;
        if (known is not null && await SettledAsync(pipeline, known, message, outcome: null, cancellationToken))
        {
            return;
        }

        var outcome = await FetchAsync(pipeline, message, cancellationToken);
        while (true)
        {
            if (known is not null && await SettledAsync(pipeline, known, message, outcome, cancellationToken))
            {
                await DeletePlaceholderAsync(message, outcome.Kind, cancellationToken);
                return;
            }

            if (await TryWriteAsync(pipeline, message, known, outcome, cancellationToken))
            {
                return;
            }

            // Lost a race, or the operation already exists: decide again from the journal's current state.
            known = await journal.ReadAsync(message.OperationId() with { Kind = outcome.Kind }, cancellationToken);
        }
    }

    private async Task<EnrichOutcome> FetchAsync(Pipeline pipeline, StageMessage message, CancellationToken cancellationToken)
    {
        if (await breakers.FindOpenAsync(pipeline, CircuitBreakerState.Uon, cancellationToken) is { } breaker)
        {
            return new EnrichOutcome.Hold(message.Kind, breaker.Code ?? CircuitBreakerState.Paused, breaker.Message ?? "");
        }

        var outcome = await lookup.FetchAsync(pipeline, message, cancellationToken);
        switch (outcome)
        {
            case EnrichOutcome.Hold hold:
                await breakers.OpenAsync(pipeline, CircuitBreakerState.Uon, message.OperationId(), hold.Code, hold.Message, cancellationToken);
                break;
            case EnrichOutcome.Unavailable unavailable:
                await breakers.RecordFailureAsync(pipeline, CircuitBreakerState.Uon, message.OperationId(), ErrorCodes.UonUnavailable, unavailable.Reason, cancellationToken);
                break;
            case EnrichOutcome.Throttled:
                break;
            default:
                await breakers.RecordSuccessAsync(pipeline, CircuitBreakerState.Uon, message.OperationId(), cancellationToken);
                break;
        }

        return outcome;
    }

    /// <summary>True when the message needs no further work.</summary>
    private async Task<bool> SettledAsync(Pipeline pipeline, JournalEntry known, StageMessage message, EnrichOutcome? outcome, CancellationToken cancellationToken)
    {
        switch (EnrichSteps.Next(known.Operation, message, time.GetUtcNow()))
        {
            case EnrichStep.Work or EnrichStep.Begin:
                return false;
            case EnrichStep.BeginIfChanged when outcome is null
                || (outcome is EnrichOutcome.Ready && (known.Operation.State != OperationState.Rejected || WriteBackRules.IsCorrected(known.Operation, outcome.Fields, pipeline.Fields))):
                return false;
            case EnrichStep.Republish:
                await outbox.SendAsync(Outbox.Of(known.Operation), cancellationToken);
                return true;
            case EnrichStep.GiveUp:
                await outbox.SendAsync(Outbox.Of(known.Operation), cancellationToken);
                await outbox.DeadLetterAsync(QueueNames.UonRecords, message, cancellationToken);
                return true;
            case EnrichStep.BeginIfChanged when outcome is EnrichOutcome.Hold:
                // It may announce a corrected record: its run begins when U-ON can be asked.
                return await journal.UpdateAsync(known, EnrichResults.Park(known.Operation, message, time.GetUtcNow()), null, cancellationToken) is not null
                    || (await journal.ReadAsync(known.Operation.Id, cancellationToken) is { } changed && await SettledAsync(pipeline, changed, message, outcome, cancellationToken));
            case EnrichStep.BeginIfChanged when Passes(outcome) && IsFresh(message):
                // U-ON failed while a corrected record was announced: its answer still matters, so fetch again later.
                await outbox.DeferAsync(QueueNames.UonRecords, message, time.GetUtcNow() + RetryDelay(pipeline), cancellationToken);
                return true;
            case EnrichStep.Note or EnrichStep.BeginIfChanged:
                var noted = known.Operation.WithEvent(message.Webhook?.ReceivedAt ?? time.GetUtcNow(), EventNames.Webhook, EnrichResults.Describe(message.Webhook));
                if (await journal.NoteAsync(known, noted, cancellationToken) is not null)
                {
                    return true;
                }

                // Another writer was first, perhaps another delivery of this very message: then this one must republish its outbox message.
                return await journal.ReadAsync(known.Operation.Id, cancellationToken) is { } now
                    && await SettledAsync(pipeline, now, message, outcome, cancellationToken);
            default:
                Log.Dropped(logger, known.Operation.Id, known.Operation.State, message.Attempt);
                return true;
        }
    }

    /// <summary>Only a new webhook can find no row in the journal; older messages read first.</summary>
    private bool IsFresh(StageMessage message) => message.Webhook is { } webhook && time.GetUtcNow() - webhook.ReceivedAt < Fresh;

    private static TimeSpan RetryDelay(Pipeline pipeline) => pipeline.Get<UonSettings>().Retry.FirstOrDefault(StorageRetryDelay);

    private static bool Passes(EnrichOutcome? outcome) =>
        outcome is EnrichOutcome.Unavailable or EnrichOutcome.Throttled or EnrichOutcome.NotYet;

    /// <summary>False when the journal's state differs from the assumed one.</summary>
    private async Task<bool> TryWriteAsync(
        Pipeline pipeline, StageMessage message, JournalEntry? known, EnrichOutcome outcome, CancellationToken cancellationToken)
    {
        var id = message.OperationId() with { Kind = outcome.Kind };
        var moves = known is not null && known.Operation.Id != id;
        var now = time.GetUtcNow();
        var next = EnrichResults.Apply(
            EnrichResults.Begin(known is null ? null : known.Operation with { Revision = pipeline.Revision }, message, id, now) with { Revision = pipeline.Revision },
            outcome, pipeline.Get<UonSettings>(), destinations.Where(d => !d.IsReport && d.Serves(pipeline)), now, jitter.Next());
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

    /// <summary>Deletes the placeholder row once the kind is known.</summary>
    private async Task DeletePlaceholderAsync(StageMessage message, RecordKind found, CancellationToken cancellationToken)
    {
        if (message.Kind == RecordKind.Auto && found != RecordKind.Auto
            && await journal.ReadAsync(message.OperationId(), cancellationToken) is { } auto && auto.Operation.Run == message.Run)
        {
            await journal.DeleteAsync(auto, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Debug, "{Operation}: message of attempt {Attempt} needs no work, the operation is {State}")]
        public static partial void Dropped(ILogger logger, OperationId operation, OperationState state, int attempt);

        [LoggerMessage(1103, LogLevel.Warning, "{Operation}: the journal does not answer ({Cause}); trying again in half a minute")]
        public static partial void StorageUnavailable(ILogger logger, OperationId operation, string cause);

        [LoggerMessage(1102, LogLevel.Information, "{Operation}: {State} {Code}, attempt {Attempt}")]
        public static partial void Finished(ILogger logger, OperationId operation, OperationState state, string? code, int attempt);
    }
}
