namespace UonOfferum.Shared.Operations;

/// <summary>What the webhook said besides the record's number; carried along because U-ON may not have it yet.</summary>
public sealed record WebhookMetadata
{
    /// <summary>U-ON's <c>type_id</c>; null when the webhook had none.</summary>
    public int? EventType { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>No webhook came: the reconcile timer found the record in U-ON.</summary>
    public bool Reconciled { get; init; }

    /// <summary>The backfill that asked for the record; null: none did.</summary>
    public string? Backfill { get; init; }

    /// <summary>
    /// The <c>client[…]</c> values by their inner name (<c>u_name</c>, <c>u_phone_mobile</c> …). They only fill gaps of a record
    /// that exists.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Client { get; init; }
}
