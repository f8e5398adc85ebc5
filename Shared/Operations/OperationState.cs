namespace UonOfferum.Shared.Operations;

/// <summary>
/// The state that an operation shows, of its enrichment and its deliveries. Declared in the order in which it shows them: the first
/// that any is in. Its names stand in the API, in index keys and in metrics.
/// </summary>
public enum OperationState
{
    /// <summary>Failed for good; an operator can fix and replay it.</summary>
    Failed,

    /// <summary>The destination refused this record.</summary>
    Rejected,

    /// <summary>Nobody knows whether the order arrived.</summary>
    Uncertain,

    /// <summary>The destination answered something that neither confirms nor refuses.</summary>
    Unconfirmed,

    /// <summary>Waits for an open circuit breaker to close, then continues by itself.</summary>
    Held,

    /// <summary>Claimed; the order may be on its way.</summary>
    Sending,

    /// <summary>The next try is known.</summary>
    Waiting,

    /// <summary>The record is read; the order is queued.</summary>
    Enriched,

    /// <summary>The destination had this client already. Final.</summary>
    Duplicate,

    /// <summary>Sold. Final.</summary>
    Delivered,

    /// <summary>Not for sale: filtered, too old. Looked at again at the next webhook.</summary>
    Skipped,

    /// <summary>An operator discarded it. Final.</summary>
    Discarded,
}
