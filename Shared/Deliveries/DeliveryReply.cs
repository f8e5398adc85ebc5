namespace UonOfferum.Shared.Deliveries;

/// <summary>What one send came to.</summary>
public enum DeliveryOutcome
{
    /// <summary>The destination has the order.</summary>
    Delivered,

    /// <summary>The destination had this person already.</summary>
    Duplicate,

    /// <summary>The destination refused this record; the same again would be refused again.</summary>
    Rejected,

    /// <summary>Our key or address is wrong: every record would be refused.</summary>
    Misconfigured,

    /// <summary>Nothing was taken; the same may work later.</summary>
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

    /// <summary>What the destination asked us to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Delivered, but a person should look (for Offerum: the offer is being moderated).</summary>
    public bool NeedsAttention { get; init; }

    /// <summary>Without the body: it may quote the person.</summary>
    public override string ToString() => $"{Outcome} {Status}";
}
