namespace UonOfferum.Shared.Messages;

/// <summary>The queues. Literal constants because the platform's scale controller reads them from the attributes.</summary>
public static class QueueNames
{
    /// <summary>Webhooks on their way to enrichment.</summary>
    public const string UonRecords = "uon-records";

    /// <summary>Enriched records on their way to Offerum.</summary>
    public const string OfferumOrders = "offerum-orders";

    /// <summary>The queues of the stages, in the order in which messages travel.</summary>
    public static readonly IReadOnlyList<string> Stages = [UonRecords, OfferumOrders];

    /// <summary>What the platform, and we, append for messages that were given up.</summary>
    public const string PoisonSuffix = "-poison";
}
