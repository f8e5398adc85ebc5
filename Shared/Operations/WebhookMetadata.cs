namespace UonOfferum.Shared.Operations;

/// <summary>The webhook's values other than the record's number; kept because U-ON may not have them yet.</summary>
public sealed record WebhookMetadata
{
    /// <summary>U-ON's <c>type_id</c>; null when the webhook had none.</summary>
    public int? EventType { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>No webhook came: the reconcile job found the record in U-ON.</summary>
    public bool Reconciled { get; init; }

    /// <summary>The backfill that requested the record; null: none.</summary>
    public string? Backfill { get; init; }

    /// <summary>
    /// The <c>client[…]</c> values by their inner name (<c>u_name</c>, <c>u_phone_mobile</c> …). They only fill gaps in a record
    /// that exists.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Client { get; init; }

    /// <summary>The same from an earlier webhook, when this one says nothing of the client: the client's card in U-ON may be newer.</summary>
    public IReadOnlyDictionary<string, string>? EarlierClient { get; init; }

    /// <summary>The later webhook. If it says nothing of the client, it keeps what the earlier one said: that may contain the record's only phone.</summary>
    public static WebhookMetadata? Join(WebhookMetadata? earlier, WebhookMetadata? later) =>
        later is null ? earlier
        : later.HasClient() || earlier?.HasClient() != true ? later
        : later with { EarlierClient = earlier.Client ?? earlier.EarlierClient };

    public bool HasClient() => (Client ?? EarlierClient) is { Count: > 0 };
}
