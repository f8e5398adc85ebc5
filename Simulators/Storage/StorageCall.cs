namespace UonOfferum.Simulators.Storage;

/// <summary>What a request asked the storage account for.</summary>
public enum StorageCallKind
{
    /// <summary>A message was put on a queue.</summary>
    Send,

    /// <summary>Messages were asked for, and some came.</summary>
    Receive,

    /// <summary>Messages were asked for, and none were there, or not even the queue: the price of looking, not of a lead.</summary>
    EmptyReceive,

    /// <summary>A message was completed.</summary>
    Delete,

    /// <summary>A message was hidden for longer: its lock was renewed, or it failed and waits.</summary>
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

/// <summary>One request as it went over the wire; a repeated one is there twice.</summary>
/// <param name="Kind">What it asked for.</param>
/// <param name="Resource">The queue's name, or the table's partition where the address tells it.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Items">Messages received, rows in a batch, or rows that a range gave; otherwise 1.</param>
public sealed record StorageCall(StorageCallKind Kind, string Resource, int Status, int Items);
