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

    /// <summary>The later webhook, completed with the client values that only the earlier one had. The same instance if it has them all.</summary>
    public static WebhookMetadata? Join(WebhookMetadata? earlier, WebhookMetadata? later)
    {
        if (later?.HasClientOf(earlier) != false)
        {
            return later ?? earlier;
        }

        var client = new Dictionary<string, string>(earlier!.Client!, StringComparer.Ordinal);
        foreach (var (name, value) in later.Client ?? earlier.Client!)
        {
            client[name] = value;
        }

        return later with { Client = client };
    }

    /// <summary>Whether it has a value for each client value of the other one.</summary>
    public bool HasClientOf(WebhookMetadata? other) => other?.Client?.Keys.All(name => Client?.ContainsKey(name) == true) != false;
}
