namespace UonOfferum.Shared.Operations;

/// <summary>The outcome of one send.</summary>
public enum DeliveryOutcome
{
    /// <summary>The destination has the order.</summary>
    Delivered,

    /// <summary>The destination already had this client.</summary>
    Duplicate,

    /// <summary>The destination refused this record; the same order would be refused again.</summary>
    Rejected,

    /// <summary>Our key or address is wrong: every record would be refused.</summary>
    Misconfigured,

    /// <summary>A retry may succeed. The order was not accepted, unless <see cref="DeliveryReply.MayHaveArrived"/> is set.</summary>
    Transient,

    /// <summary>The order was sent and no reply came.</summary>
    Uncertain,

    /// <summary>A reply came, but its meaning is unclear.</summary>
    Unconfirmed,
}

/// <summary>A destination's reply, or its absence, classified as an outcome.</summary>
public sealed record DeliveryReply(DeliveryOutcome Outcome)
{
    public string? OrderId { get; init; }

    /// <summary>HTTP status; null when no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>The reply's body, truncated to 4,000 characters.</summary>
    public string? Body { get; init; }

    /// <summary>A few words for the story; no secret and no personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// Of <see cref="DeliveryOutcome.Transient"/>: the reply does not prove that the order was not accepted. A gateway answers 502, 503 or 504
    /// for a server that may have the order.
    /// </summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>The destination has nothing of this send: it was refused, or did not go out.</summary>
    public bool LeftNothing => Outcome is DeliveryOutcome.Rejected or DeliveryOutcome.Misconfigured || (Outcome == DeliveryOutcome.Transient && !MayHaveArrived);

    /// <summary>The wait that the destination requested.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Of <see cref="DeliveryOutcome.Transient"/>: it uses up one of the retries. U-ON's throttling does not: it is shared by all that asks U-ON.</summary>
    public bool CountsAsTry { get; init; } = true;

    /// <summary>For a report delivery: the outcomes that were reported.</summary>
    public IReadOnlyList<OutcomeReport> Reported { get; init; } = [];

    /// <summary>Delivered, but an operator should look (for Offerum: the offer is being moderated).</summary>
    public bool NeedsAttention { get; init; }

    /// <summary>A reply with HTTP 429, 408 or 5xx to an order whose body was sent. Only 429 means that the order was not accepted.</summary>
    public static DeliveryReply Later(int status, string detail, TimeSpan? retryAfter) =>
        new(DeliveryOutcome.Transient) { Detail = detail, RetryAfter = retryAfter, MayHaveArrived = status is 408 or >= 500 };

    /// <summary>Without the body: it may quote the client.</summary>
    public override string ToString() => $"{Outcome} {Status}";
}
