using System.Collections.Immutable;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Records;

namespace UonOfferum.Shared.Journal;

/// <summary>The story of one record in one pipeline: everything the journal knows of it. Immutable; each step makes the next.</summary>
public sealed record Operation
{
    public required OperationId Id { get; init; }

    /// <summary>The run in force: messages of older runs have nothing to say.</summary>
    public required string Run { get; init; }

    /// <summary>The attempt promised next, or the last one made.</summary>
    public required int Attempt { get; init; }

    /// <summary>State of the enrichment; <see cref="OperationState.Enriched"/> once the deliveries carry the story.</summary>
    public required OperationState Enrichment { get; init; }

    /// <summary>Arrival of the first webhook. Never changes: it is part of a row key.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the enrichment is tried again.</summary>
    public DateTimeOffset? EnrichAt { get; init; }

    /// <summary>Waits for the record or its phone in this run: the index into <c>Uon:WaitFor</c>.</summary>
    public int Waits { get; init; }

    /// <summary>Transient failures of U-ON in this run: the index into <c>Uon:Retry</c>.</summary>
    public int Retries { get; init; }

    public RecordFields Fields { get; init; } = RecordFields.Empty;

    /// <summary>What stopped the enrichment.</summary>
    public OperationError? EnrichError { get; init; }

    public ImmutableList<Delivery> Deliveries { get; init; } = [];

    public Postback? Postback { get; init; }

    public ImmutableList<OperationEvent> Events { get; init; } = [];

    /// <summary>The webhook's words, kept for the next try of the enrichment.</summary>
    public WebhookNote? Webhook { get; init; }

    public string? Traceparent { get; init; }

    /// <summary>The state the world sees.</summary>
    public OperationState State => Enrichment != OperationState.Enriched || Deliveries.IsEmpty
        ? Enrichment
        : Deliveries.Min(d => d.State);

    public DateTimeOffset? NextTryAt => Enrichment == OperationState.Enriched
        ? Deliveries.Where(d => d.State.IsOpen()).Min(d => d.NextTryAt)
        : EnrichAt;

    public OperationError? Error => Enrichment == OperationState.Enriched
        ? Deliveries.OrderBy(d => d.State).FirstOrDefault(d => d.Error is not null)?.Error
        : EnrichError;

    public Delivery? DeliveryTo(string destination) => Deliveries.Find(d => d.Destination == destination);

    public Operation With(Delivery delivery)
    {
        var index = Deliveries.FindIndex(d => d.Destination == delivery.Destination);
        return this with
        {
            Deliveries = index < 0 ? Deliveries.Add(delivery) : Deliveries.SetItem(index, delivery),
            Attempt = Math.Max(Attempt, delivery.Attempt),
        };
    }

    /// <summary>Adds a line to the story of a delivery.</summary>
    public Operation Tell(DateTimeOffset at, string name, Delivery delivery, string? detail = null) => Tell(at, name, detail, delivery.Attempt, delivery.Destination);

    /// <summary>Adds a line to the story and moves <see cref="UpdatedAt"/>.</summary>
    public Operation Tell(DateTimeOffset at, string name, string? detail = null, int? attempt = null, string? destination = null) => this with
    {
        UpdatedAt = at,
        Events = EventList.Append(Events, at, name, attempt ?? Attempt, detail, destination),
    };
}
