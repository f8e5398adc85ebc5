namespace UonOfferum.Simulators;

/// <summary>One order that was posted to the simulated Offerum.</summary>
public sealed record OfferumOrder
{
    /// <summary>When it arrived.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The HTTP method; only POST can succeed.</summary>
    public required string Method { get; init; }

    /// <summary>All of the query, the key included; a name that comes twice has its values joined by a comma.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    public required string? ContentType { get; init; }

    /// <summary>The body as sent; empty where it was not read.</summary>
    public required string Body { get; init; }

    /// <summary>The body as a form.</summary>
    public required IReadOnlyDictionary<string, string> Form { get; init; }

    /// <summary>The network has a new order from this: what must happen once per record.</summary>
    public required bool Accepted { get; init; }

    /// <summary>The network's number of it, where the reply gives or would have given one.</summary>
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
