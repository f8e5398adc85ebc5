using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>What a message of <c>uon-records</c> has to do, according to the journal.</summary>
internal enum EnrichStep
{
    /// <summary>Nothing: an older run, or an operation that needs no message.</summary>
    Drop,

    /// <summary>The journal is ahead: send its outbox messages and complete.</summary>
    Republish,

    /// <summary>Already given up, but the message may be missing from the poison queue, and continuing deliveries may lack their messages.</summary>
    GiveUp,

    /// <summary>Fetch from U-ON; this attempt is due.</summary>
    Work,

    /// <summary>A newer webhook: start a new run.</summary>
    Begin,

    /// <summary>A newer webhook of a record that is ready or was rejected: start a new run only if there is something new to send.</summary>
    BeginIfChanged,

    /// <summary>A webhook that starts no run: add an event to the story, and its client values to a record that is still to be read.</summary>
    Note,
}

/// <summary>Redelivery and repeated webhooks (rule 3) for the enrichment. Pure.</summary>
internal static class EnrichSteps
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    /// <summary>More than the clocks of two instances differ.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    public static EnrichStep Next(Operation operation, StageMessage message, DateTimeOffset now) =>
        RunId.Compare(message.Run, operation.Run) switch
        {
            // A webhook that was overtaken may contain the record's only phone.
            < 0 when operation.Enrichment.IsInProgress() && operation.Webhook?.HasClient() != true && message.Webhook?.HasClient() == true => EnrichStep.Note,
            // It may be what began the current run.
            < 0 when IsFromSlowClock(operation, message) && Outbox.Of(operation).Any() => EnrichStep.Republish,
            < 0 => EnrichStep.Drop,
            0 => SameRun(operation, message, now),
            _ => NewerRun(operation),
        };

    /// <summary>
    /// The message; a webhook that seems to be older than the operation's run, and is not in the story, gets a run that is newer. Only the clock of the
    /// instance that received it may be behind, and what it announces may not be fetched yet. A webhook that was processed is in the story, so this ends.
    /// </summary>
    public static StageMessage Renew(Operation operation, StageMessage message, TimeProvider time) =>
        IsFromSlowClock(operation, message) && !operation.Events.Exists(e => e.At == message.Webhook!.ReceivedAt && e.Name is EventNames.Webhook or EventNames.Reconciled)
            ? message with { Run = RunId.New(time, after: operation.Run) }
            : message;

    /// <summary>The message with what earlier webhooks said of the client: its phone, or a name without which the record would look corrected.</summary>
    public static StageMessage WithClient(Operation operation, StageMessage message) => message.Webhook is null
        ? message
        : message with { Webhook = WebhookMetadata.Join(WebhookMetadata.Join(operation.Webhook, operation.Parked?.Webhook), message.Webhook) };

    /// <summary>Whether a webhook's run is older than the operation's by no more than clocks differ.</summary>
    private static bool IsFromSlowClock(Operation operation, StageMessage message) =>
        message is { Attempt: 1, Webhook: not null } && RunId.Compare(message.Run, operation.Run) < 0
        && RunId.BeganAt(operation.Run) - RunId.BeganAt(message.Run) < ClockDifference;

    private static EnrichStep SameRun(Operation operation, StageMessage message, DateTimeOffset now) => operation.Enrichment switch
    {
        EnrichmentState.Waiting when message.Attempt == operation.Attempt && !(operation.EnrichAt > now + Early) => EnrichStep.Work,
        EnrichmentState.Waiting => EnrichStep.Republish,
        EnrichmentState.Failed when message.Attempt == operation.Attempt => EnrichStep.GiveUp,
        _ => Outbox.Of(operation).Any() ? EnrichStep.Republish : EnrichStep.Drop,
    };

    private static EnrichStep NewerRun(Operation operation) => operation.State switch
    {
        _ when operation.Enrichment is EnrichmentState.Waiting or EnrichmentState.Skipped or EnrichmentState.Failed => EnrichStep.Begin,
        OperationState.Waiting or OperationState.Rejected => EnrichStep.BeginIfChanged,
        OperationState.Skipped or OperationState.Failed => EnrichStep.Begin,
        _ => EnrichStep.Note,
    };
}
