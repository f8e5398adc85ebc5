namespace UonOfferum.Simulators.Storage;

/// <summary>The failure modes of a storage account.</summary>
public enum StorageFault
{
    /// <summary>Nothing listens.</summary>
    Refused,

    /// <summary>It answers, too late for a webhook.</summary>
    Slow,

    /// <summary>500 to every request; nothing is executed.</summary>
    ServerError,

    /// <summary>503 to every request; nothing is executed.</summary>
    ServerBusy,

    /// <summary>409 to every write, as while a queue is being deleted; nothing is executed.</summary>
    Conflict,

    /// <summary>The request is executed, but the connection breaks before the response.</summary>
    ReplyLost,

    /// <summary>Likewise, but a retried request is answered, so the client finds its own write.</summary>
    FirstReplyLost,
}
