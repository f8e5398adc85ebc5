using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.WriteBack;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>What is done next with a message of <c>uon-records</c>.</summary>
internal enum EnrichDecision
{
    /// <summary>Ask U-ON, then decide again.</summary>
    Fetch,

    /// <summary>Write what U-ON answered.</summary>
    Write,

    /// <summary>Send the journal's outbox messages.</summary>
    Republish,

    /// <summary>Send the journal's outbox messages, and the message to the poison queue.</summary>
    GiveUp,

    /// <summary>Keep the run in the journal: it begins when U-ON can be asked.</summary>
    Park,

    /// <summary>Deliver the message again later.</summary>
    Defer,

    /// <summary>Add a line to the story.</summary>
    Note,

    /// <summary>Nothing.</summary>
    Drop,
}

/// <summary>Decides from what the journal says and, once it was asked, what U-ON says. Pure.</summary>
internal static class EnrichDecisions
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <param name="known">The operation in the journal; null: it is not there, or was not looked up yet.</param>
    /// <param name="message">What is worked on.</param>
    /// <param name="outcome">U-ON's answer; null: it was not asked yet.</param>
    /// <param name="fields">The pipeline's fields.</param>
    /// <param name="now">The present.</param>
    public static EnrichDecision Next(Operation? known, StageMessage message, EnrichOutcome? outcome, FieldSet fields, DateTimeOffset now) =>
        (known is null ? EnrichStep.Begin : EnrichSteps.Next(known, message, now)) switch
        {
            EnrichStep.Drop => EnrichDecision.Drop,
            EnrichStep.Republish => EnrichDecision.Republish,
            EnrichStep.GiveUp => EnrichDecision.GiveUp,
            EnrichStep.Note => EnrichDecision.Note,
            _ when outcome is null => EnrichDecision.Fetch,
            EnrichStep.BeginIfChanged => IfChanged(known!, message, outcome, fields, now),
            _ => EnrichDecision.Write,
        };

    /// <summary>Only a new webhook can find no row in the journal; older messages read first.</summary>
    public static bool IsFresh(StageMessage message, DateTimeOffset now) => message.Webhook is { } webhook && now - webhook.ReceivedAt < Fresh;

    private static EnrichDecision IfChanged(Operation known, StageMessage message, EnrichOutcome outcome, FieldSet fields, DateTimeOffset now) => outcome switch
    {
        EnrichOutcome.Ready when known.State != OperationState.Rejected || WriteBackRules.IsCorrected(known, outcome.Fields, fields) => EnrichDecision.Write,
        // The webhook may announce a corrected record: its run begins when U-ON can be asked.
        EnrichOutcome.Hold => EnrichDecision.Park,
        // U-ON failed while a corrected record was announced: its answer still matters, so fetch again later.
        EnrichOutcome.Unavailable or EnrichOutcome.Throttled or EnrichOutcome.NotYet when IsFresh(message, now) => EnrichDecision.Defer,
        _ => EnrichDecision.Note,
    };
}
