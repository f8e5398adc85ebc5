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

    /// <summary>A newer webhook of a record that needs nothing: add an event to its story.</summary>
    Note,
}

/// <summary>Redelivery and repeated webhooks (rule 3) for the enrichment. Pure.</summary>
internal static class EnrichSteps
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    public static EnrichStep Next(Operation operation, StageMessage message, DateTimeOffset now) =>
        RunId.Compare(message.Run, operation.Run) switch
        {
            < 0 => EnrichStep.Drop,
            0 => SameRun(operation, message, now),
            _ => NewerRun(operation),
        };

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
