namespace UonOfferum.Shared.Operations;

/// <summary>Where one delivery stands. <see cref="DeliveryStates"/> says what each state means.</summary>
public enum DeliveryState
{
    /// <summary>Queued: the record is read, and nothing was sent in this run.</summary>
    Enriched,

    /// <summary>The next try is known; the earlier ones were certainly not taken.</summary>
    Waiting,

    /// <summary>Claimed; the order may be on its way.</summary>
    Sending,

    /// <summary>Waits for an open circuit breaker to close, then continues by itself.</summary>
    Held,

    /// <summary>Nobody knows whether the order arrived; it will be sent again by itself. Shown and stored as Uncertain with a next try.</summary>
    UncertainResending,

    /// <summary>Nobody knows whether the order arrived; an operator decides.</summary>
    Uncertain,

    /// <summary>The destination answered something that neither confirms nor refuses.</summary>
    Unconfirmed,

    /// <summary>The destination refused this record.</summary>
    Rejected,

    /// <summary>Failed for good; an operator can fix and replay it.</summary>
    Failed,

    /// <summary>Sold.</summary>
    Delivered,

    /// <summary>The destination had this client already.</summary>
    Duplicate,

    /// <summary>Not for sale here. Looked at again at the next webhook.</summary>
    Skipped,

    /// <summary>An operator discarded it.</summary>
    Discarded,
}
