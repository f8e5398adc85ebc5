using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Chaos;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;
using UonOfferum.Shared.Storage;
using UonOfferum.Shared.Telemetry;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>
/// One message of <c>uon-records</c>: look at U-ON, write what was found, promise what follows. The first attempt writes without
/// reading the journal first; only a conflict makes it read and decide.
/// </summary>
public sealed partial class RecordEnricher(
    PipelineCatalog pipelines,
    RecordLookup lookup,
    JournalStore journal,
    GateKeeper gates,
    PromiseSender promises,
    IEnumerable<IDestination> destinations,
    PausePoints pause,
    TimeProvider time,
    ILogger<RecordEnricher> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan AfterStorageTrouble = TimeSpan.FromSeconds(30);

    /// <param name="redelivered">The platform delivers this message not for the first time.</param>
    public async Task RunAsync(StageMessage message, bool redelivered, CancellationToken cancellationToken)
    {
        if (pipelines.TryFindInvalid(message.Pipeline, out _))
        {
            await promises.AgainAsync(QueueNames.UonRecords, message, time.GetUtcNow() + InvalidPipeline.LookAgain, cancellationToken);
            return;
        }

        var pipeline = pipelines.Get(message.Pipeline);
        using var activity = Traces.Stage(Stages.Enrich, message);
        try
        {
            await EnrichAsync(pipeline, message, redelivered, cancellationToken);
        }
        catch (Exception e) when (StorageTrouble.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            // Expected trouble, and not this lead's: the platform would give the message up after a few minutes of it.
            Log.StorageTrouble(logger, message.OperationId(), e.GetType().Name);
            await promises.AgainAsync(QueueNames.UonRecords, message, time.GetUtcNow() + AfterStorageTrouble, cancellationToken);
        }
    }

    private async Task EnrichAsync(Pipeline pipeline, StageMessage message, bool redelivered, CancellationToken cancellationToken)
    {
        var known = message.Attempt > 1 || redelivered || !IsFresh(message) ? await journal.ReadAsync(message.OperationId(), cancellationToken) : null;
        if (known is not null && await SettledAsync(known, message, outcome: null, cancellationToken))
        {
            return;
        }

        var outcome = await LookAsync(pipeline, message, cancellationToken);
        while (true)
        {
            if (known is not null && await SettledAsync(known, message, outcome, cancellationToken))
            {
                await ForgetAutoAsync(message, outcome.Kind, cancellationToken);
                return;
            }

            if (await TryWriteAsync(pipeline, message, known, outcome, cancellationToken))
            {
                return;
            }

            // Lost a race, or met an operation that was there already: judge again by what the journal says now.
            known = await journal.ReadAsync(message.OperationId() with { Kind = outcome.Kind }, cancellationToken);
        }
    }

    private async Task<EnrichOutcome> LookAsync(Pipeline pipeline, StageMessage message, CancellationToken cancellationToken)
    {
        if (await gates.ClosedAsync(pipeline, Gate.Uon, cancellationToken) is { } gate)
        {
            return new EnrichOutcome.Hold(message.Kind, gate.Code ?? Gate.Paused, gate.Message ?? "");
        }

        var outcome = await lookup.LookAsync(pipeline, message, cancellationToken);
        switch (outcome)
        {
            case EnrichOutcome.Hold hold:
                await gates.CloseAsync(pipeline, Gate.Uon, hold.Code, hold.Message, cancellationToken);
                break;
            case EnrichOutcome.Unavailable trouble:
                await gates.FailedAsync(pipeline, Gate.Uon, message.OperationId(), ErrorCodes.UonUnavailable, trouble.Reason, cancellationToken);
                break;
            case EnrichOutcome.Throttled:
                break;
            default:
                gates.Succeeded(pipeline, Gate.Uon);
                break;
        }

        return outcome;
    }

    /// <summary>True when the message needs no (further) work; what was left to do for it is done.</summary>
    private async Task<bool> SettledAsync(JournalEntry known, StageMessage message, EnrichOutcome? outcome, CancellationToken cancellationToken)
    {
        switch (EnrichSteps.Next(known.Operation, message, time.GetUtcNow()))
        {
            case EnrichStep.Work or EnrichStep.Begin:
                return false;
            case EnrichStep.BeginIfChanged when outcome is null
                || (outcome is EnrichOutcome.Ready && (known.Operation.State != OperationState.Rejected || !outcome.Fields.KeepingEdits(known.Operation.Fields).SameAs(known.Operation.Fields))):
                return false;
            case EnrichStep.KeepPromise:
                await promises.SendAsync(Promises.Of(known.Operation), cancellationToken);
                return true;
            case EnrichStep.GiveUp:
                await promises.GiveUpAsync(QueueNames.UonRecords, message, cancellationToken);
                return true;
            case EnrichStep.BeginIfChanged when Passes(outcome) && IsFresh(message):
                // U-ON stumbled just as a corrected record was announced: what it would have said still matters.
                await promises.AgainAsync(QueueNames.UonRecords, message, time.GetUtcNow() + AfterStumble(message), cancellationToken);
                return true;
            case EnrichStep.Note or EnrichStep.BeginIfChanged:
                var told = known.Operation.Tell(message.Webhook?.ReceivedAt ?? time.GetUtcNow(), EventNames.Webhook, EnrichResults.Words(message.Webhook));
                if (await journal.NoteAsync(known, told, cancellationToken) is not null)
                {
                    return true;
                }

                // Somebody wrote in between: perhaps another delivery of this very message, whose promise is then this one's to keep.
                return await journal.ReadAsync(known.Operation.Id, cancellationToken) is { } now
                    && await SettledAsync(now, message, outcome, cancellationToken);
            default:
                Log.Dropped(logger, known.Operation.Id, known.Operation.State, message.Attempt);
                return true;
        }
    }

    /// <summary>Only a webhook that just came can meet an empty journal; whatever waited longer reads first.</summary>
    private bool IsFresh(StageMessage message) => message.Webhook is { } webhook && time.GetUtcNow() - webhook.ReceivedAt < Fresh;

    private TimeSpan AfterStumble(StageMessage message) =>
        pipelines.Get(message.Pipeline).Get<UonSettings>().Retry.FirstOrDefault(AfterStorageTrouble);

    private static bool Passes(EnrichOutcome? outcome) =>
        outcome is EnrichOutcome.Unavailable or EnrichOutcome.Throttled or EnrichOutcome.NotYet or EnrichOutcome.Hold;

    /// <summary>False when the journal has something else than was assumed.</summary>
    private async Task<bool> TryWriteAsync(
        Pipeline pipeline, StageMessage message, JournalEntry? known, EnrichOutcome outcome, CancellationToken cancellationToken)
    {
        var id = message.OperationId() with { Kind = outcome.Kind };
        var moves = known is not null && known.Operation.Id != id;
        var now = time.GetUtcNow();
        var next = EnrichResults.Apply(
            EnrichResults.Begin(known?.Operation, message, id, now),
            outcome, pipeline.Get<UonSettings>(), destinations.Where(d => d.Serves(pipeline)), now, RandomNumberGenerator.GetInt32(1000) / 1000d);
        var written = known is null || moves
            ? await journal.InsertAsync(next, begins: !moves, cancellationToken)
            : (await journal.UpdateAsync(known, next, null, cancellationToken))?.Entry;
        if (written is null)
        {
            return false;
        }

        if (known is not null)
        {
            await pause.ReachAsync(PausePoints.KindFound);
            await ForgetAutoAsync(message, outcome.Kind, cancellationToken);
        }

        await FinishAsync(next, message, cancellationToken);
        return true;
    }

    private async Task FinishAsync(Operation operation, StageMessage message, CancellationToken cancellationToken)
    {
        Meters.Enrichment(operation.State);
        Traces.Ended(operation.State, operation.EnrichError?.Code, time.GetUtcNow() - operation.ReceivedAt);
        Log.Finished(logger, operation.Id, operation.State, operation.EnrichError?.Code, message.Attempt);
        if (operation.Enrichment == OperationState.Failed)
        {
            await pause.ReachAsync(PausePoints.EnrichFailedJournaled);
            await promises.GiveUpAsync(QueueNames.UonRecords, message with { Kind = operation.Id.Kind }, cancellationToken);
            return;
        }

        await pause.ReachAsync(PausePoints.EnrichJournaled);
        await promises.SendAsync(Promises.Of(operation), cancellationToken);
        await pause.ReachAsync(PausePoints.EnrichQueued);
    }

    /// <summary>The operation goes on under the kind that was found; the row under "auto" has served.</summary>
    private async Task ForgetAutoAsync(StageMessage message, RecordKind found, CancellationToken cancellationToken)
    {
        if (message.Kind == RecordKind.Auto && found != RecordKind.Auto
            && await journal.ReadAsync(message.OperationId(), cancellationToken) is { } auto && auto.Operation.Run == message.Run)
        {
            await journal.DeleteAsync(auto, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Debug, "{Operation}: message of attempt {Attempt} has nothing to do, the operation is {State}")]
        public static partial void Dropped(ILogger logger, OperationId operation, OperationState state, int attempt);

        [LoggerMessage(1103, LogLevel.Warning, "{Operation}: the journal does not answer ({Cause}); trying again in half a minute")]
        public static partial void StorageTrouble(ILogger logger, OperationId operation, string cause);

        [LoggerMessage(1102, LogLevel.Information, "{Operation}: {State} {Code}, attempt {Attempt}")]
        public static partial void Finished(ILogger logger, OperationId operation, OperationState state, string? code, int attempt);
    }
}
