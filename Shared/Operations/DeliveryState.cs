namespace UonOfferum.Shared.Operations;

/// <summary>The state of one delivery. <see cref="DeliveryStates"/> defines what each state means.</summary>
public enum DeliveryState
{
    /// <summary>Queued: the record is read, and nothing was sent in this run.</summary>
    Enriched,

    /// <summary>A retry is scheduled; earlier attempts were certainly not accepted.</summary>
    Waiting,

    /// <summary>Claimed; the order may be in flight.</summary>
    Sending,

    /// <summary>Waits for an open circuit breaker to close, then continues automatically.</summary>
    Held,

    /// <summary>It is unknown whether the order arrived; it will be resent automatically. Shown and stored as Uncertain with a next attempt.</summary>
    UncertainResending,

    /// <summary>It is unknown whether the order arrived; an operator decides.</summary>
    Uncertain,

    /// <summary>The destination's reply neither confirms nor refuses the order.</summary>
    Unconfirmed,

    /// <summary>The destination refused this record.</summary>
    Rejected,

    /// <summary>Failed for good; an operator can fix and replay it.</summary>
    Failed,

    /// <summary>Sold.</summary>
    Delivered,

    /// <summary>The destination already had this client.</summary>
    Duplicate,

    /// <summary>Not for sale here. Evaluated again at the next webhook.</summary>
    Skipped,

    /// <summary>An operator discarded it.</summary>
    Discarded,
}
