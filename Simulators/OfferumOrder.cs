namespace UonOfferum.Simulators;

/// <summary>One order that was posted to the simulated Offerum.</summary>
public sealed record OfferumOrder
{
    /// <summary>When it arrived.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The HTTP method; only POST can succeed.</summary>
    public required string Method { get; init; }

    /// <summary>The whole query, including the key; the values of a repeated name are joined by a comma.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    public required string? ContentType { get; init; }

    /// <summary>The body as sent; empty where it was not read.</summary>
    public required string Body { get; init; }

    /// <summary>The body as a form.</summary>
    public required IReadOnlyDictionary<string, string> Form { get; init; }

    /// <summary>It created a new order in the network, which must happen only once per record.</summary>
    public required bool Accepted { get; init; }

    /// <summary>The network's order id, if the reply contains or would have contained one.</summary>
    public required long? OrderId { get; init; }

    /// <summary>The kind of reply it got.</summary>
    public required OfferumReplyKind Reply { get; init; }

    /// <summary>The HTTP status it got; null: none (hang, reset).</summary>
    public required int? Status { get; init; }

    /// <summary>The body of the reply.</summary>
    public required string ReplyBody { get; init; }

    public string? Key => Query.GetValueOrDefault("key");

    public string? Flow => Query.GetValueOrDefault("flow");

    public string? Source => Query.GetValueOrDefault("source");

    public string? SubId => Query.GetValueOrDefault("subid");

    public string? Phone => Form.GetValueOrDefault("phone");
}
