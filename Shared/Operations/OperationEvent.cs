using System.Text.RegularExpressions;

namespace UonOfferum.Shared.Operations;

/// <summary>One line of an operation's story. Append-only.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Name">One of <see cref="EventNames"/>.</param>
/// <param name="Attempt">The attempt it belongs to.</param>
/// <param name="Detail">A few words for an operator; no secret and no personal data.</param>
/// <param name="Destination">The destination of the delivery; null: the event concerns the record.</param>
public sealed partial record OperationEvent(DateTimeOffset At, string Name, int Attempt, string? Detail, string? Destination = null)
{
    /// <summary>The pipeline revision that caused it; null: kept as code.</summary>
    public int? Revision { get; init; }

    /// <summary>Whether it has an operator's note, which may be about a person.</summary>
    public bool HasNote() => Name == EventNames.Resolved && Detail is not null && Note().IsMatch(Detail);

    /// <summary>Only who resolved it, and how.</summary>
    public OperationEvent WithoutNote() => HasNote() ? this with { Detail = Note().Replace(Detail!, "${how}${who}") } : this;

    /// <summary>As ActionRules writes it: the operator's name is last, if they gave one.</summary>
    [GeneratedRegex(@"^(?<how>delivered|discarded): (?:.*(?<who> \(by .*\))|.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Note();
}

public static class EventNames
{
    public const string Webhook = "webhook";
    public const string Waiting = "waiting";
    public const string Fetched = "fetched";
    public const string Enriched = "enriched";
    public const string Claimed = "claimed";
    public const string Sent = "sent";
    public const string Delivered = "delivered";
    public const string Duplicate = "duplicate";
    public const string Rejected = "rejected";
    public const string Retry = "retry";
    public const string Held = "held";
    public const string Released = "released";
    public const string Uncertain = "uncertain";
    public const string Unconfirmed = "unconfirmed";
    public const string Failed = "failed";
    public const string Skipped = "skipped";
    public const string Replayed = "replayed";
    public const string Edited = "edited";
    public const string Resolved = "resolved";
    public const string Revealed = "revealed";
    public const string Postback = "postback";
    public const string Reconciled = "reconciled";
    public const string AmbiguousKind = "ambiguous-kind";
}
