namespace UonOfferum.Shared.Operations;

/// <summary>
/// The state that an operation shows, derived from its enrichment and its deliveries. Declared in order of precedence: the first
/// one that any part is in. The names are used in the API, in index keys and in metrics.
/// </summary>
public enum OperationState
{
    /// <summary>Failed for good; an operator can fix and replay it.</summary>
    Failed,

    /// <summary>The destination refused this record.</summary>
    Rejected,

    /// <summary>It is unknown whether the order arrived.</summary>
    Uncertain,

    /// <summary>The destination's reply neither confirms nor refuses the order.</summary>
    Unconfirmed,

    /// <summary>Waits for an open circuit breaker to close, then continues automatically.</summary>
    Held,

    /// <summary>Claimed; the order may be in flight.</summary>
    Sending,

    /// <summary>A retry is scheduled.</summary>
    Waiting,

    /// <summary>The record is read; the order is queued.</summary>
    Enriched,

    /// <summary>The destination already had this client. Final.</summary>
    Duplicate,

    /// <summary>Sold. Final.</summary>
    Delivered,

    /// <summary>Not for sale: filtered, too old. Evaluated again at the next webhook.</summary>
    Skipped,

    /// <summary>An operator discarded it. Final.</summary>
    Discarded,
}
