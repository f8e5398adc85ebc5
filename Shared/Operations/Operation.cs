using System.Collections.Immutable;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Shared.Operations;

/// <summary>One record in one pipeline with its story: everything in the journal about it. Immutable; each step creates the next version.</summary>
public sealed record Operation
{
    public required OperationId Id { get; init; }

    /// <summary>The current run: messages from older runs are ignored.</summary>
    public required string Run { get; init; }

    /// <summary>The attempt of the next outbox message, or the last one made.</summary>
    public required int Attempt { get; init; }

    /// <summary>State of the enrichment; <see cref="EnrichmentState.Enriched"/> once the deliveries determine the operation's state.</summary>
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

    /// <summary>The webhook's metadata, kept for the next attempt of the enrichment.</summary>
    public WebhookMetadata? Webhook { get; init; }

    public string? Traceparent { get; init; }

    /// <summary>The pipeline revision that last processed it; null: kept as code. Each event has its own revision.</summary>
    public int? Revision { get; init; }

    /// <summary>
    /// The retention start of its personal data, if the walk by arrival does not suffice: new data was added to a redacted operation,
    /// its data was still needed when its retention ended, or it was journaled late.
    /// </summary>
    public DateTimeOffset? PersonalSince { get; init; }

    /// <summary>Set when the record was announced again while U-ON was unavailable.</summary>
    public ParkedRun? Parked { get; init; }

    /// <summary>Whether it may contain personal data.</summary>
    public bool HoldsPersonalData => HoldsRecordData || Events.Exists(e => e.HasNote());

    /// <summary>Whether it has personal data other than operators' notes.</summary>
    public bool HoldsRecordData => Fields.Count > 0 || Webhook is not null || Parked is not null || Deliveries.Exists(d => d.ReplyBody is not null);

    /// <summary>The shown state: the enrichment's while it is running, then the first state in order among the parts.</summary>
    public OperationState State
    {
        get
        {
            if (Enrichment.IsInProgress() || !Orders.Any())
            {
                return Enrichment.Shown();
            }

            var first = Orders.Min(d => d.State.Shown());
            return Enrichment != EnrichmentState.Enriched && Enrichment.Shown() < first ? Enrichment.Shown() : first;
        }
    }

    /// <summary>The deliveries that sell; the others report their outcomes.</summary>
    public IEnumerable<Delivery> Orders => Deliveries.Where(d => !d.IsReport());

    /// <summary>
    /// Everything that has a state of its own: the enrichment until the deliveries take over, and each delivery unless it is suspended
    /// while the record is fetched for it again. Held, queued and uncertain parts are found by these, whatever the operation shows.
    /// </summary>
    public IEnumerable<Standing> Standings
    {
        get
        {
            if (Enrichment != EnrichmentState.Enriched || !Orders.Any())
            {
                yield return new Standing(null, Enrichment.Shown(), EnrichError, Enrichment is EnrichmentState.Waiting or EnrichmentState.Enriched);
            }

            foreach (var delivery in Deliveries)
            {
                if (!IsResting(delivery))
                {
                    yield return new Standing(delivery.Destination, delivery.State.Shown(), delivery.Error, delivery.State.ExpectsMessage());
                }
            }
        }
    }

    /// <summary>Whether a message continues all that is in the shown state. Two uncertain deliveries may differ: if one waits for an operator, so does the operation.</summary>
    public bool IsInProgress => Standings.Where(s => s.State == State && IsOrder(s)).All(s => s.IsInProgress);

    public DateTimeOffset? NextTryAt => Enrichment.IsInProgress()
        ? EnrichAt
        : Orders.Where(d => d.State.IsOpen()).Min(d => d.NextTryAt);

    /// <summary>The error of the part that the operation shows; if that has none, of the next in order.</summary>
    public OperationError? Error => Enrichment.IsInProgress()
        ? EnrichError
        : Standings.Where(IsOrder).OrderBy(s => s.State).FirstOrDefault(s => s.Error is not null)?.Error;

    /// <summary>Whether a running enrichment will re-evaluate this delivery; until then the delivery is suspended.</summary>
    public bool IsResting(Delivery delivery) => Enrichment.IsInProgress() && IsFetchedFor(delivery);

    /// <summary>Whether the enrichment of this run will re-evaluate the delivery.</summary>
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

    /// <summary>Ends the enrichment, and with it what operators wanted of it.</summary>
    public Operation EndEnrichment(EnrichmentState state) =>
        WithoutRequests() with { Enrichment = state, EnrichAt = null, EnrichError = null, FetchFor = null };

    /// <summary>A later fetch is not the one that an operator requested.</summary>
    public Operation WithoutRequests() => Deliveries.Exists(d => d.ResendUnchanged)
        ? this with { Deliveries = Deliveries.ConvertAll(d => d with { ResendUnchanged = false }) }
        : this;

    private bool IsOrder(Standing standing) => standing.Destination is null || DeliveryTo(standing.Destination)?.IsReport() == false;

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
            // A delivery's events belong to the revision it was claimed under, even if a newer one has processed the operation since.
            Revision = RevisionOf(destination),
        }),
    };
}

/// <summary>A part of an operation that has a state of its own.</summary>
/// <param name="Destination">The delivery's; null: the enrichment.</param>
/// <param name="State">As it is shown and indexed.</param>
/// <param name="Error">What stopped it, if anything did.</param>
/// <param name="IsInProgress">A message of its queue continues it, without an operator.</param>
public sealed record Standing(string? Destination, OperationState State, OperationError? Error, bool IsInProgress)
{
    /// <summary>An operation found in this state needs an operator for this part; an uncertain delivery that will be sent again needs nobody.</summary>
    public bool NeedsOperatorIn(OperationState state) => State == state && !IsInProgress;
}
