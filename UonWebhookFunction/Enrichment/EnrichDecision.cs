using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.WriteBack;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>The next action for a message of <c>uon-records</c>.</summary>
internal enum EnrichDecision
{
    /// <summary>Ask U-ON, then decide again.</summary>
    Fetch,

    /// <summary>Write U-ON's reply.</summary>
    Write,

    /// <summary>Send the journal's outbox messages.</summary>
    Republish,

    /// <summary>Send the journal's outbox messages, and the message to the poison queue.</summary>
    GiveUp,

    /// <summary>Keep the run in the journal: it starts when U-ON is available.</summary>
    Park,

    /// <summary>Deliver the message again later.</summary>
    Defer,

    /// <summary>Add an event to the story.</summary>
    Note,

    /// <summary>Nothing.</summary>
    Drop,
}

/// <summary>Decides by the journal and, once it is known, by U-ON's reply. Pure.</summary>
internal static class EnrichDecisions
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>How long U-ON may fail while its breaker is closed before what a webhook announced is given up. An open breaker parks it for any time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <param name="known">The operation in the journal; null: it does not exist, or was not read yet.</param>
    /// <param name="message">The message being processed.</param>
    /// <param name="outcome">U-ON's reply; null: not fetched yet.</param>
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

    /// <summary>Only a new webhook may have no journal row yet; older messages read the journal first.</summary>
    public static bool IsFresh(StageMessage message, DateTimeOffset now) => Age(message, now) < Fresh;

    /// <summary>How long a deferred message waits: the older it is, the longer, so that an outage of hours costs few calls.</summary>
    /// <param name="message">The message to defer.</param>
    /// <param name="shortest">The delay while it is new.</param>
    /// <param name="now">The present.</param>
    public static TimeSpan Delay(StageMessage message, TimeSpan shortest, DateTimeOffset now)
    {
        var delay = Age(message, now) / 10 is { } tenth && tenth < LongestDelay ? tenth : LongestDelay;
        return delay > shortest ? delay : shortest;
    }

    /// <summary>Null without a webhook.</summary>
    private static TimeSpan? Age(StageMessage message, DateTimeOffset now) => now - message.Webhook?.ReceivedAt;

    private static EnrichDecision IfChanged(Operation known, StageMessage message, EnrichOutcome outcome, FieldSet fields, DateTimeOffset now) => outcome switch
    {
        EnrichOutcome.Ready when known.State != OperationState.Rejected || WriteBackRules.IsCorrected(known, outcome.Fields, fields) => EnrichDecision.Write,
        // The webhook may announce a corrected record: its run starts when U-ON is available.
        EnrichOutcome.Hold => EnrichDecision.Park,
        // U-ON failed while a corrected record was announced: its reply is still needed, so fetch again later.
        EnrichOutcome.Unavailable or EnrichOutcome.Throttled when Age(message, now) < Patience => EnrichDecision.Defer,
        EnrichOutcome.NotYet when IsFresh(message, now) => EnrichDecision.Defer,
        _ => EnrichDecision.Note,
    };
}
