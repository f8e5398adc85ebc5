using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>The outcome of one fetch from U-ON.</summary>
/// <param name="Kind">Where the record was found; <see cref="RecordKind.Auto"/> while that is unknown.</param>
/// <param name="Fields">The fields read so far.</param>
internal abstract record EnrichOutcome(RecordKind Kind, RecordFields Fields)
{
    /// <summary>Ready to be sold.</summary>
    /// <param name="AmbiguousKind">Text for the story if both tables have this number and the newer record was chosen; otherwise null.</param>
    public sealed record Ready(RecordKind Kind, RecordFields Fields, string? AmbiguousKind) : EnrichOutcome(Kind, Fields);

    /// <summary>The record or its phone does not exist yet: wait by <c>Uon:WaitFor</c>, then fail with the code.</summary>
    public sealed record NotYet(RecordKind Kind, RecordFields Fields, string Code, string Message) : EnrichOutcome(Kind, Fields);

    /// <summary>U-ON is unavailable: retry by <c>Uon:Retry</c>, then fail.</summary>
    public sealed record Unavailable(RecordKind Kind, string Reason, TimeSpan? RetryAfter) : EnrichOutcome(Kind, RecordFields.Empty);

    /// <summary>U-ON throttled the call; this is not an attempt.</summary>
    public sealed record Throttled(RecordKind Kind, TimeSpan? RetryAfter) : EnrichOutcome(Kind, RecordFields.Empty);

    /// <summary>The breaker is open or must open: every record would fail in the same way.</summary>
    public sealed record Hold(RecordKind Kind, string Code, string Message) : EnrichOutcome(Kind, RecordFields.Empty);

    /// <summary>Not for sale.</summary>
    public sealed record Skip(RecordKind Kind, RecordFields Fields, string Code, string Message) : EnrichOutcome(Kind, Fields);

    /// <summary>Cannot be sold in its current form.</summary>
    public sealed record Fail(RecordKind Kind, RecordFields Fields, string Code, string Message) : EnrichOutcome(Kind, Fields);
}
