using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Records;
using UonOfferum.Shared.Retries;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>Turns an outcome into the operation's next state. Pure.</summary>
internal static class EnrichResults
{
    /// <summary>U-ON's 429 carries no Retry-After; its limit is per second.</summary>
    private static readonly TimeSpan AfterThrottling = TimeSpan.FromSeconds(2);

    /// <summary>The operation as a message finds it: new, the same run, or a newer run beginning.</summary>
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
                Enrichment = OperationState.Waiting,
                ReceivedAt = arrived,
                UpdatedAt = now,
            }
            : current with { Id = id };
        return (operation with
        {
            Run = message.Run,
            Attempt = message.Attempt,
            Waits = 0,
            Retries = 0,
            Webhook = message.Webhook ?? operation.Webhook,
            Traceparent = message.Traceparent ?? operation.Traceparent,
        }).Tell(arrived, message.Webhook is { Reconciled: true } ? EventNames.Reconciled : EventNames.Webhook, Words(message.Webhook));
    }

    public static string? Words(WebhookNote? webhook) => webhook?.EventType is { } type ? $"type_id {type}" : null;

    /// <param name="random">0 to 1, for the jitter.</param>
    public static Operation Apply(
        Operation operation, EnrichOutcome outcome, UonSettings settings, IEnumerable<IDestination> destinations, DateTimeOffset now, double random)
    {
        if (outcome.Fields.Count > 0)
        {
            operation = operation with { Fields = outcome.Fields.KeepingEdits(operation.Fields) };
        }

        return outcome switch
        {
            EnrichOutcome.Ready ready => Ready(operation, ready, destinations, now),
            EnrichOutcome.NotYet wait => Wait(operation, wait, settings, now, random),
            EnrichOutcome.Unavailable trouble => Retry(operation, trouble, settings, now, random),
            EnrichOutcome.Throttled throttled => Throttled(operation, throttled, now, random),
            EnrichOutcome.Hold hold => Stop(operation, OperationState.Held, EventNames.Held, hold.Code, hold.Message, now),
            EnrichOutcome.Skip skip => Stop(operation, OperationState.Skipped, EventNames.Skipped, skip.Code, skip.Message, now),
            EnrichOutcome.Fail fail => Stop(operation, OperationState.Failed, EventNames.Failed, fail.Code, fail.Message, now),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType().Name, "Not an outcome."),
        };
    }

    private static Operation Ready(Operation operation, EnrichOutcome.Ready ready, IEnumerable<IDestination> destinations, DateTimeOffset now)
    {
        var made = operation.Attempt;
        operation = operation.Tell(now, EventNames.Fetched, ready.Kind.Name());
        if (ready.AmbiguousKind is { } words)
        {
            operation = operation.Tell(now, EventNames.AmbiguousKind, words);
        }

        operation = operation with { Enrichment = OperationState.Enriched, EnrichAt = null, EnrichError = null };
        foreach (var destination in destinations)
        {
            operation = operation.DeliveryTo(destination.Name) switch
            {
                { } kept when IsLeftAlone(kept.State) => operation,
                { } again => operation.With(again with
                {
                    State = OperationState.Enriched,
                    Attempt = made + 1,
                    Tries = 0,
                    NextTryAt = null,
                    Error = null,
                }),
                null => operation.With(new Delivery { Destination = destination.Name, State = OperationState.Enriched, Attempt = made + 1 }),
            };
        }

        return operation.Tell(now, EventNames.Enriched, attempt: made);
    }

    /// <summary>
    /// Another destination's trouble can bring a record here while this one has sold it, is selling it, or waits for a person's word
    /// on it: that word is not given by fetching.
    /// </summary>
    private static bool IsLeftAlone(OperationState state) =>
        state.IsSold()
        || state is OperationState.Sending or OperationState.Uncertain or OperationState.Unconfirmed or OperationState.Discarded;

    private static Operation Wait(Operation operation, EnrichOutcome.NotYet wait, UonSettings settings, DateTimeOffset now, double random) =>
        RetryDelays.Next(settings.WaitFor, operation.Waits, retryAfter: null, random) is { } delay
            ? Again(operation with { Waits = operation.Waits + 1, Attempt = operation.Attempt + 1 }, EventNames.Waiting, wait.Code, wait.Message, now, delay, operation.Attempt)
            : Stop(operation, OperationState.Failed, EventNames.Failed, wait.Code, wait.Message, now);

    private static Operation Retry(Operation operation, EnrichOutcome.Unavailable trouble, UonSettings settings, DateTimeOffset now, double random) =>
        RetryDelays.Next(settings.Retry, operation.Retries, trouble.RetryAfter, random) is { } delay
            ? Again(
                operation with { Retries = operation.Retries + 1, Attempt = operation.Attempt + 1 },
                EventNames.Retry, ErrorCodes.UonUnavailable, trouble.Reason, now, delay, operation.Attempt)
            : Stop(operation, OperationState.Failed, EventNames.Failed, ErrorCodes.UonUnavailable,
                $"{trouble.Reason} Every retry was used up. Fetch it again when U-ON works.", now);

    private static Operation Throttled(Operation operation, EnrichOutcome.Throttled throttled, DateTimeOffset now, double random)
    {
        var delay = RetryDelays.Next([AfterThrottling], 0, throttled.RetryAfter, random) ?? AfterThrottling;
        return Again(operation, EventNames.Waiting, ErrorCodes.UonUnavailable,
            "U-ON asked for patience (429). Lower Uon:RequestsPerSecond if this happens often.", now, delay, operation.Attempt);
    }

    private static Operation Again(
        Operation operation, string eventName, string code, string message, DateTimeOffset now, TimeSpan delay, int attempt) =>
        (operation with
        {
            Enrichment = OperationState.Waiting,
            EnrichAt = now + delay,
            EnrichError = new OperationError(code, message, Stages.Enrich),
        }).Tell(now, eventName, $"{message} Next try at {now + delay:u}", attempt);

    private static Operation Stop(Operation operation, OperationState state, string eventName, string code, string message, DateTimeOffset now) =>
        (operation with
        {
            Enrichment = state,
            EnrichAt = null,
            // A pause by a person is no error.
            EnrichError = code == Gate.Paused ? null : new OperationError(code, message, Stages.Enrich),
        }).Tell(now, eventName, message);
}
