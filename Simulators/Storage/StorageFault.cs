namespace UonOfferum.Simulators.Storage;

/// <summary>What a storage account can do to those who use it.</summary>
public enum StorageFault
{
    /// <summary>Nothing listens.</summary>
    Refused,

    /// <summary>It answers, too late for a webhook.</summary>
    Slow,

    /// <summary>500 to everything, and nothing is done.</summary>
    ServerError,

    /// <summary>503 to everything, and nothing is done.</summary>
    ServerBusy,

    /// <summary>It does what it is asked, and the connection breaks before it says so.</summary>
    ReplyLost,

    /// <summary>Likewise, but a repeated request is answered: the client meets its own write.</summary>
    FirstReplyLost,
}
