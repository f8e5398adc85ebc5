using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>What one look at U-ON came to.</summary>
/// <param name="Kind">Where the record was found; <see cref="RecordKind.Auto"/> while that is unknown.</param>
/// <param name="Fields">What was read of it so far.</param>
internal abstract record EnrichOutcome(RecordKind Kind, RecordFields Fields)
{
    /// <summary>Ready to be sold.</summary>
    /// <param name="AmbiguousKind">Both tables have this number; the newer record was taken. Words for the story, else null.</param>
    public sealed record Ready(RecordKind Kind, RecordFields Fields, string? AmbiguousKind) : EnrichOutcome(Kind, Fields);

    /// <summary>The record, or its phone, is not there yet: wait by <c>Uon:WaitFor</c>, then fail with the code.</summary>
    public sealed record NotYet(RecordKind Kind, RecordFields Fields, string Code, string Message) : EnrichOutcome(Kind, Fields);

    /// <summary>U-ON is unavailable: retry by <c>Uon:Retry</c>, then fail.</summary>
    public sealed record Unavailable(RecordKind Kind, string Reason, TimeSpan? RetryAfter) : EnrichOutcome(Kind, RecordFields.Empty);

    /// <summary>U-ON throttled the call; this is not an attempt.</summary>
    public sealed record Throttled(RecordKind Kind, TimeSpan? RetryAfter) : EnrichOutcome(Kind, RecordFields.Empty);

    /// <summary>The breaker is open, or has to be: every record would meet the same.</summary>
    public sealed record Hold(RecordKind Kind, string Code, string Message) : EnrichOutcome(Kind, RecordFields.Empty);

    /// <summary>Not for sale.</summary>
    public sealed record Skip(RecordKind Kind, RecordFields Fields, string Code, string Message) : EnrichOutcome(Kind, Fields);

    /// <summary>Cannot be sold as it is.</summary>
    public sealed record Fail(RecordKind Kind, RecordFields Fields, string Code, string Message) : EnrichOutcome(Kind, Fields);
}
