namespace UonOfferum.Shared.Messaging;

/// <summary>
/// The queue that all destinations share, and what poison queues are called; each destination names its own. Literal constants because the
/// platform's scale controller reads them from the attributes.
/// </summary>
public static class QueueNames
{
    /// <summary>Webhooks on their way to enrichment.</summary>
    public const string UonRecords = "uon-records";

    /// <summary>What the platform, and we, append for messages that were given up.</summary>
    public const string PoisonSuffix = "-poison";
}
