using System.Collections.Immutable;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Shared.Operations;

/// <summary>The story of one record in one pipeline: everything the journal knows of it. Immutable; each step makes the next.</summary>
public sealed record Operation
{
    public required OperationId Id { get; init; }

    /// <summary>The current run: messages from older runs are ignored.</summary>
    public required string Run { get; init; }

    /// <summary>The attempt of the next outbox message, or the last one made.</summary>
    public required int Attempt { get; init; }

    /// <summary>State of the enrichment; <see cref="EnrichmentState.Enriched"/> once the deliveries carry the story.</summary>
    public required EnrichmentState Enrichment { get; init; }

    /// <summary>The destinations that an operator has the record fetched for; null: all that a webhook would fetch it for.</summary>
    public ImmutableList<string>? FetchFor { get; init; }

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
    public WebhookMetadata? Webhook { get; init; }

    public string? Traceparent { get; init; }

    /// <summary>The revision of the pipeline that last worked on it; null: kept as code. What was sent under which tells each event.</summary>
    public int? Revision { get; init; }

    /// <summary>
    /// From when the time of its personal data counts, if that is not its arrival: data came into an operation that had lost its own, or
    /// its own was still needed when its time was over.
    /// </summary>
    public DateTimeOffset? PersonalSince { get; init; }

    /// <summary>Announced again while U-ON could not be asked; null: it was not.</summary>
    public ParkedRun? Parked { get; init; }

    /// <summary>Something in it may tell of a person.</summary>
    public bool HoldsPersonalData => Fields.Count > 0 || Webhook is not null || Parked is not null || Deliveries.Exists(d => d.ReplyBody is not null);

    /// <summary>The state the world sees: the enrichment's while it is under way, then the first in order that anything is in.</summary>
    public OperationState State
    {
        get
        {
            if (Enrichment.IsUnderWay() || !Orders.Any())
            {
                return Enrichment.Shown();
            }

            var first = Orders.Min(d => d.State.Shown());
            return Enrichment != EnrichmentState.Enriched && Enrichment.Shown() < first ? Enrichment.Shown() : first;
        }
    }

    /// <summary>The deliveries that sell; the others report what became of them.</summary>
    public IEnumerable<Delivery> Orders => Deliveries.Where(d => !d.IsReport());

    /// <summary>
    /// Everything that has a state of its own: the enrichment unless the deliveries have taken over, and each delivery unless it rests
    /// while the record is fetched for it again. What is held, queued or in doubt is found by these, whatever the operation shows.
    /// </summary>
    public IEnumerable<Standing> Standings
    {
        get
        {
            if (Enrichment != EnrichmentState.Enriched || !Orders.Any())
            {
                yield return new Standing(null, Enrichment.Shown(), EnrichError);
            }

            foreach (var delivery in Deliveries)
            {
                if (!IsResting(delivery))
                {
                    yield return new Standing(delivery.Destination, delivery.State.Shown(), delivery.Error);
                }
            }
        }
    }

    public DateTimeOffset? NextTryAt => Enrichment.IsUnderWay()
        ? EnrichAt
        : Orders.Where(d => d.State.IsOpen()).Min(d => d.NextTryAt);

    /// <summary>Of what the operation shows; if that has none, of the next in order.</summary>
    public OperationError? Error => Enrichment.IsUnderWay()
        ? EnrichError
        : Standings.Where(s => s.Destination is null || DeliveryTo(s.Destination)?.IsReport() == false).OrderBy(s => s.State).FirstOrDefault(s => s.Error is not null)?.Error;

    /// <summary>The enrichment under way will decide about this delivery anew; until then it does nothing by itself.</summary>
    public bool IsResting(Delivery delivery) => Enrichment.IsUnderWay() && IsFetchedFor(delivery);

    /// <summary>Whether the enrichment of this run is to open the delivery again.</summary>
    public bool IsFetchedFor(Delivery delivery) => !delivery.IsReport() && (FetchFor?.Contains(delivery.Destination) ?? delivery.State.Rule().IsFetchedAgain);

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

    private int? RevisionOf(string? destination)
    {
        for (var i = 0; destination is not null && i < Deliveries.Count; i++)
        {
            if (Deliveries[i].Destination == destination)
            {
                return Deliveries[i].Revision ?? Revision;
            }
        }

        return Revision;
    }

    /// <summary>Adds a line to the story of a delivery.</summary>
    public Operation WithEvent(DateTimeOffset at, string name, Delivery delivery, string? detail = null) => WithEvent(at, name, detail, delivery.Attempt, delivery.Destination);

    /// <summary>Adds a line to the story and moves <see cref="UpdatedAt"/>.</summary>
    public Operation WithEvent(DateTimeOffset at, string name, string? detail = null, int? attempt = null, string? destination = null) => this with
    {
        UpdatedAt = at,
        Events = EventList.Append(Events, new OperationEvent(at, name, attempt ?? Attempt, detail, destination)
        {
            // A delivery's lines belong to the revision it was claimed under, whoever else has worked on the operation since.
            Revision = RevisionOf(destination),
        }),
    };
}

/// <summary>One thing of an operation that has a state of its own.</summary>
/// <param name="Destination">The delivery's; null: the enrichment.</param>
/// <param name="State">As it is shown and indexed.</param>
/// <param name="Error">What stopped it, if anything did.</param>
public sealed record Standing(string? Destination, OperationState State, OperationError? Error);
