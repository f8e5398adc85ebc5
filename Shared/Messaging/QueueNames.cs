namespace UonOfferum.Shared.Messaging;

/// <summary>
/// The queue that all destinations share, and the suffix of poison queues; each destination names its own queue. Literal constants because the
/// platform's scale controller reads them from the attributes.
/// </summary>
public static class QueueNames
{
    /// <summary>Webhooks queued for enrichment.</summary>
    public const string UonRecords = "uon-records";

    /// <summary>The suffix that the platform and this app append for dead-lettered messages.</summary>
    public const string PoisonSuffix = "-poison";
}
