namespace UonOfferum.Simulators.Storage;

/// <summary>The kind of a request to the storage account.</summary>
public enum StorageCallKind
{
    /// <summary>A message was put on a queue.</summary>
    Send,

    /// <summary>Messages were requested, and some were returned.</summary>
    Receive,

    /// <summary>Messages were requested, but the queue was empty or missing: a cost of polling, not of a lead.</summary>
    EmptyReceive,

    /// <summary>A message was completed.</summary>
    Delete,

    /// <summary>A message was hidden for longer: its lock was renewed, or its retry was delayed.</summary>
    Hide,

    /// <summary>One row was read.</summary>
    ReadRow,

    /// <summary>One row was written or deleted.</summary>
    WriteRow,

    /// <summary>Rows of one partition were changed together.</summary>
    Batch,

    /// <summary>A range of rows was read.</summary>
    Query,

    /// <summary>A queue, table or container was made.</summary>
    Create,

    /// <summary>Anything on blobs: the host's timer locks.</summary>
    Blob,

    /// <summary>None of the above.</summary>
    Other,
}

/// <summary>One request as sent over the network; a retried one appears twice.</summary>
/// <param name="Kind">The kind of request.</param>
/// <param name="Resource">The queue's name, or the table's partition if the address contains it.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Items">Messages received, rows in a batch, or rows returned by a range query; otherwise 1.</param>
public sealed record StorageCall(StorageCallKind Kind, string Resource, int Status, int Items);
