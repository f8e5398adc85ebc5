namespace UonOfferum.Shared.Operations;

/// <summary>What one send came to.</summary>
public enum DeliveryOutcome
{
    /// <summary>The destination has the order.</summary>
    Delivered,

    /// <summary>The destination had this client already.</summary>
    Duplicate,

    /// <summary>The destination refused this record; the same again would be refused again.</summary>
    Rejected,

    /// <summary>Our key or address is wrong: every record would be refused.</summary>
    Misconfigured,

    /// <summary>The same may work later. Nothing was taken, unless <see cref="DeliveryReply.MayHaveArrived"/> says otherwise.</summary>
    Transient,

    /// <summary>The order went out and no answer came.</summary>
    Uncertain,

    /// <summary>An answer came and nobody can tell what it means.</summary>
    Unconfirmed,
}

/// <summary>A destination's answer, or its absence, read into an outcome.</summary>
public sealed record DeliveryReply(DeliveryOutcome Outcome)
{
    public string? OrderId { get; init; }

    /// <summary>HTTP status; null when no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>The answer's body, cut to 4,000 characters.</summary>
    public string? Body { get; init; }

    /// <summary>A few words for the story; no secret and no personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// Of <see cref="DeliveryOutcome.Transient"/>: the answer does not prove that nothing was taken. A gateway answers 502, 503 or 504
    /// for a server that may have the order.
    /// </summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>What the destination asked us to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Of a delivery that reports: the outcomes that were told.</summary>
    public IReadOnlyList<OutcomeReport> Told { get; init; } = [];

    /// <summary>Delivered, but an operator should look (for Offerum: the offer is being moderated).</summary>
    public bool NeedsAttention { get; init; }

    /// <summary>An answer with HTTP 429, 408 or 5xx to an order whose body went out. Only 429 says that the order was not taken.</summary>
    public static DeliveryReply Later(int status, string detail, TimeSpan? retryAfter) =>
        new(DeliveryOutcome.Transient) { Detail = detail, RetryAfter = retryAfter, MayHaveArrived = status is 408 or >= 500 };

    /// <summary>Without the body: it may quote the client.</summary>
    public override string ToString() => $"{Outcome} {Status}";
}
