using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>What a message of <c>uon-records</c> has to do, judged by what the journal knows.</summary>
internal enum EnrichStep
{
    /// <summary>Nothing: an older run, or a story that waits for no message.</summary>
    Drop,

    /// <summary>The journal is ahead: send what it promises and complete.</summary>
    KeepPromise,

    /// <summary>Given up already, but perhaps the poison queue was not told.</summary>
    GiveUp,

    /// <summary>Look at U-ON; this attempt is due.</summary>
    Work,

    /// <summary>A newer webhook: begin again.</summary>
    Begin,

    /// <summary>A newer webhook of a record that is ready or was rejected: begin again only with something new to send.</summary>
    BeginIfChanged,

    /// <summary>A newer webhook of a record that needs nothing: add a line to its story.</summary>
    Note,
}

/// <summary>Redelivery and repeated webhooks (rule 3) for the enrichment. Pure.</summary>
internal static class EnrichSteps
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    public static EnrichStep Next(Operation operation, StageMessage message, DateTimeOffset now) =>
        Runs.Compare(message.Run, operation.Run) switch
        {
            < 0 => EnrichStep.Drop,
            0 => SameRun(operation, message, now),
            _ => NewerRun(operation),
        };

    private static EnrichStep SameRun(Operation operation, StageMessage message, DateTimeOffset now) => operation.Enrichment switch
    {
        OperationState.Waiting when message.Attempt == operation.Attempt && !(operation.EnrichAt > now + Early) => EnrichStep.Work,
        OperationState.Waiting => EnrichStep.KeepPromise,
        OperationState.Enriched => Promises.Of(operation).Any() ? EnrichStep.KeepPromise : EnrichStep.Drop,
        OperationState.Failed when message.Attempt == operation.Attempt => EnrichStep.GiveUp,
        _ => EnrichStep.Drop,
    };

    private static EnrichStep NewerRun(Operation operation) => operation.State switch
    {
        OperationState.Waiting when operation.Enrichment == OperationState.Waiting => EnrichStep.Begin,
        OperationState.Waiting or OperationState.Rejected => EnrichStep.BeginIfChanged,
        OperationState.Skipped or OperationState.Failed => EnrichStep.Begin,
        _ => EnrichStep.Note,
    };
}
