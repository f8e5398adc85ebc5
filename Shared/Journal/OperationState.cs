namespace UonOfferum.Shared.Journal;

/// <summary>
/// Where an operation, or one delivery of it, stands. Declared in the order in which an operation with several deliveries shows
/// them: the first that any delivery is in.
/// </summary>
public enum OperationState
{
    /// <summary>Given up; a person can mend and replay it.</summary>
    Failed,

    /// <summary>The destination refused this record.</summary>
    Rejected,

    /// <summary>Nobody knows whether the order arrived.</summary>
    Uncertain,

    /// <summary>The destination answered something that neither confirms nor refuses.</summary>
    Unconfirmed,

    /// <summary>Waits for the destination (or U-ON) to be put in order, then goes on by itself.</summary>
    Held,

    /// <summary>Claimed; the order may be on its way.</summary>
    Sending,

    /// <summary>The next try is known.</summary>
    Waiting,

    /// <summary>The record is read; the order is queued.</summary>
    Enriched,

    /// <summary>The destination had this person already. Final.</summary>
    Duplicate,

    /// <summary>Sold. Final.</summary>
    Delivered,

    /// <summary>Not for sale: filtered, too old. Looked at again at the next webhook.</summary>
    Skipped,

    /// <summary>A person said: never mind.</summary>
    Discarded,
}

public static class OperationStates
{
    /// <summary>Delivered or Duplicate: the destination has the lead. Nothing ever sends it again.</summary>
    public static bool IsSold(this OperationState state) => state is OperationState.Delivered or OperationState.Duplicate;

    /// <summary>The machine will go on by itself.</summary>
    public static bool IsOpen(this OperationState state) => state is OperationState.Held or OperationState.Sending
        or OperationState.Waiting or OperationState.Enriched or OperationState.Uncertain;
}
