using System.Collections.Immutable;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;
using UonOfferum.UonWebhookFunction.WriteBack;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>Turns an outcome into the operation's next state. Pure.</summary>
internal static class EnrichResults
{
    /// <summary>U-ON's 429 carries no Retry-After; its limit is per second.</summary>
    private static readonly TimeSpan AfterThrottling = TimeSpan.FromSeconds(2);

    /// <summary>The operation at the start of a message: new, the same run, or the start of a newer run.</summary>
    public static Operation Begin(Operation? current, StageMessage message, OperationId id, DateTimeOffset now)
    {
        if (current is not null && current.Run == message.Run)
        {
            return current with { Id = id };
        }

        var arrived = message.Webhook?.ReceivedAt ?? now;
        var operation = current is null
            ? new Operation
            {
                Id = id,
                Run = message.Run,
                Attempt = message.Attempt,
                Enrichment = EnrichmentState.Waiting,
                ReceivedAt = arrived,
                UpdatedAt = now,
            }
            : (current.Enrichment.IsInProgress() ? current : current.WithoutRequests()) with { Id = id };
        return (operation with
        {
            Run = message.Run,
            Attempt = message.Attempt,
            Waits = 0,
            Retries = 0,
            FetchFor = FetchFor(operation),
            Parked = null,
            Webhook = WebhookMetadata.Join(WebhookMetadata.Join(operation.Webhook, operation.Parked?.Webhook), message.Webhook),
            Traceparent = message.Traceparent ?? operation.Traceparent,
        }).WithEvent(arrived, message.Webhook is { Reconciled: true } ? EventNames.Reconciled : EventNames.Webhook, Describe(message.Webhook));
    }

    /// <summary>A webhook fetches the record for all destinations; a delivery that an operator named stays included.</summary>
    private static ImmutableList<string>? FetchFor(Operation operation) =>
        operation.Enrichment.IsInProgress() && operation.FetchFor is { } named && operation.Deliveries.Exists(d => named.Contains(d.Destination) && !d.State.Rule().IsFetchedAgain)
            ? [.. named.Union(operation.Orders.Where(d => d.State.Rule().IsFetchedAgain).Select(d => d.Destination), StringComparer.Ordinal)]
            : null;

    public static string? Describe(WebhookMetadata? webhook) => webhook switch
    {
        { EventType: { } type } => $"type_id {type}",
        { Backfill: { } backfill } => $"backfill {backfill}",
        _ => null,
    };

    /// <param name="random">0 to 1, for the jitter.</param>
    public static Operation Apply(
        Operation operation, EnrichOutcome outcome, UonSettings settings, FieldSet fields, IEnumerable<IDestination> destinations, DateTimeOffset now, double random)
    {
        var isCorrected = WriteBackRules.IsCorrected(operation, outcome.Fields, fields);
        // An order that may be sent without an operator is sent as it was read: a later reading that is not fit for sale may have no phone, or an unparsed one.
        if (outcome.Fields.Count > 0 && (outcome is EnrichOutcome.Ready || !operation.Orders.Any(MayBeSent)))
        {
            operation = operation with { Fields = outcome.Fields.KeepingEdits(operation.Fields) };
        }

        return outcome switch
        {
            EnrichOutcome.Ready ready => Ready(operation, ready, isCorrected, destinations, now),
            EnrichOutcome.NotYet wait => Wait(operation, wait, settings, now, random),
            EnrichOutcome.Unavailable unavailable => Retry(operation, unavailable, settings, now, random),
            EnrichOutcome.Throttled throttled => Throttled(operation, throttled, now, random),
            EnrichOutcome.Hold hold => Hold(operation, hold, now),
            EnrichOutcome.Skip skip => Stop(operation, EnrichmentState.Skipped, EventNames.Skipped, skip.Code, skip.Message, now),
            EnrichOutcome.Fail fail => Stop(operation, EnrichmentState.Failed, EventNames.Failed, fail.Code, fail.Message, now),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType().Name, "Not an outcome."),
        };
    }

    /// <summary>A skipped order is sent when the operation that covers it is refused.</summary>
    private static bool MayBeSent(Delivery order) => order.State.IsOpen() || order.State == DeliveryState.Skipped;

    /// <summary>Parks a newer webhook of an idle record while U-ON is unavailable.</summary>
    public static Operation Park(Operation operation, StageMessage message, DateTimeOffset now) =>
        (operation with { Parked = new ParkedRun(message.Run, WebhookMetadata.Join(operation.Parked?.Webhook, message.Webhook), message.Traceparent) })
            .WithEvent(message.Webhook?.ReceivedAt ?? now, EventNames.Webhook, Describe(message.Webhook));

    /// <summary>Adds a webhook that starts no run to the story. A record that is still to be read keeps what it says of the client: that may contain its only phone.</summary>
    public static Operation Note(Operation operation, StageMessage message, DateTimeOffset now) =>
        (operation with
        {
            Webhook = !operation.Enrichment.IsInProgress() ? operation.Webhook
                : RunId.Compare(message.Run, operation.Run) < 0 ? WebhookMetadata.Join(message.Webhook, operation.Webhook)
                : WebhookMetadata.Join(operation.Webhook, message.Webhook),
        }).WithEvent(message.Webhook?.ReceivedAt ?? now, EventNames.Webhook, Describe(message.Webhook));

    /// <summary>The record is held until its breaker closes or its pipeline is restored.</summary>
    public static Operation Hold(Operation operation, EnrichOutcome.Hold hold, DateTimeOffset now) =>
        Stop(operation, EnrichmentState.Held, EventNames.Held, hold.Code, hold.Message, now);

    private static Operation Ready(Operation operation, EnrichOutcome.Ready ready, bool isCorrected, IEnumerable<IDestination> destinations, DateTimeOffset now)
    {
        var made = operation.Attempt;
        operation = operation.WithEvent(now, EventNames.Fetched, ready.Kind.Name());
        if (ready.AmbiguousKind is { } words)
        {
            operation = operation.WithEvent(now, EventNames.AmbiguousKind, words);
        }

        // A failure at another destination can re-fetch a record while this destination has sold it, is sending it, or waits for an operator:
        // fetching does not touch such a delivery.
        foreach (var destination in destinations)
        {
            operation = operation.DeliveryTo(destination.Name) switch
            {
                { } again when IsReopened(operation, again, isCorrected) => operation.With(again with
                {
                    State = DeliveryState.Enriched,
                    Attempt = made + 1,
                    Tries = 0,
                    NextTryAt = null,
                    Error = null,
                    MayHaveArrived = again.IsInDoubt(),
                }),
                null when operation.FetchFor?.Contains(destination.Name) != false =>
                    operation.With(new Delivery { Destination = destination.Name, State = DeliveryState.Enriched, Attempt = made + 1 }),
                _ => operation,
            };
        }

        return operation.EndEnrichment(EnrichmentState.Enriched).WithEvent(now, EventNames.Enriched, attempt: made);
    }

    /// <summary>A destination that refused the record gets it again only if it was corrected, or if an operator wants that.</summary>
    private static bool IsReopened(Operation operation, Delivery delivery, bool isCorrected) =>
        operation.IsFetchedFor(delivery) && !delivery.State.IsSold() && delivery.State != DeliveryState.Sending
        && (delivery.State != DeliveryState.Rejected || isCorrected || delivery.ResendUnchanged);

    private static Operation Wait(Operation operation, EnrichOutcome.NotYet wait, UonSettings settings, DateTimeOffset now, double random) =>
        RetryDelays.Next(settings.WaitFor, operation.Waits, retryAfter: null, random) is { } delay
            ? Reschedule(operation with { Waits = operation.Waits + 1, Attempt = operation.Attempt + 1 }, EventNames.Waiting, wait.Code, wait.Message, now, delay, operation.Attempt)
            : Stop(operation, EnrichmentState.Failed, EventNames.Failed, wait.Code, wait.Message, now);

    private static Operation Retry(Operation operation, EnrichOutcome.Unavailable unavailable, UonSettings settings, DateTimeOffset now, double random) =>
        RetryDelays.Next(settings.Retry, operation.Retries, unavailable.RetryAfter, random) is { } delay
            ? Reschedule(
                operation with { Retries = operation.Retries + 1, Attempt = operation.Attempt + 1 },
                EventNames.Retry, ErrorCodes.UonUnavailable, unavailable.Reason, now, delay, operation.Attempt)
            : Stop(operation, EnrichmentState.Failed, EventNames.Failed, ErrorCodes.UonUnavailable,
                $"{unavailable.Reason} No retries are left. Fetch it again when U-ON works.", now);

    private static Operation Throttled(Operation operation, EnrichOutcome.Throttled throttled, DateTimeOffset now, double random)
    {
        var delay = RetryDelays.Next([AfterThrottling], 0, throttled.RetryAfter, random) ?? AfterThrottling;
        return Reschedule(operation, EventNames.Waiting, ErrorCodes.UonUnavailable,
            "U-ON throttled the request (429). Lower Uon:RequestsPerSecond if this happens often.", now, delay, operation.Attempt);
    }

    private static Operation Reschedule(
        Operation operation, string eventName, string code, string message, DateTimeOffset now, TimeSpan delay, int attempt) =>
        (operation with
        {
            Enrichment = EnrichmentState.Waiting,
            EnrichAt = now + delay,
            EnrichError = new OperationError(code, message, Stages.Enrich),
        }).WithEvent(now, eventName, $"{message} Next try at {now + delay:u}", attempt);

    private static Operation Stop(Operation operation, EnrichmentState state, string eventName, string code, string message, DateTimeOffset now) =>
        (operation with
        {
            Enrichment = state,
            EnrichAt = null,
            // A pause by an operator is not an error.
            EnrichError = code == CircuitBreakerState.Paused ? null : new OperationError(code, message, Stages.Enrich),
        }).WithEvent(now, eventName, message);
}
