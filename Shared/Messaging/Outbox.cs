using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Messaging;

/// <summary>A message that follows from an operation's row: its queue and when it becomes visible.</summary>
/// <param name="Destination">Null: the enrichment.</param>
public sealed record OutboxMessage(string? Destination, StageMessage Message, DateTimeOffset? VisibleAt);

/// <summary>
/// The messages that follow from an operation's row. They are sent after the row is written, and again when one may have been lost: by
/// a redelivered message or by the sweep.
/// </summary>
public static class Outbox
{
    public static IEnumerable<OutboxMessage> Of(Operation operation)
    {
        if (operation.Enrichment == EnrichmentState.Waiting)
        {
            yield return new OutboxMessage(null, Message(operation, operation.Attempt) with { Webhook = operation.Webhook }, operation.EnrichAt);
        }

        foreach (var delivery in operation.Deliveries)
        {
            if (Of(operation, delivery) is { } message)
            {
                yield return message;
            }
        }
    }

    /// <summary>Null when the delivery needs no message.</summary>
    public static OutboxMessage? Of(Operation operation, Delivery delivery) =>
        delivery.State.ExpectsMessage() && !operation.IsResting(delivery)
            ? new OutboxMessage(delivery.Destination, Message(operation, delivery.Attempt), delivery.NextTryAt)
            : null;

    /// <summary>The messages of report deliveries that are due; the code that recorded an outcome sends them.</summary>
    public static IEnumerable<OutboxMessage> OfReports(Operation operation) =>
        operation.Deliveries.Where(d => d.IsReport() && d.State == DeliveryState.Enriched).Select(d => Of(operation, d)).OfType<OutboxMessage>();
    /// <summary>The message that begins a parked run.</summary>
    public static OutboxMessage Of(OperationId id, ParkedRun parked) => new(
        null,
        new StageMessage { Pipeline = id.Pipeline, Kind = id.Kind, Id = id.RecordId, Run = parked.Run, Attempt = 1, Traceparent = parked.Traceparent, Webhook = parked.Webhook },
        VisibleAt: null);

    public static StageMessage Message(Operation operation, int attempt) => new()
    {
        Pipeline = operation.Id.Pipeline,
        Kind = operation.Id.Kind,
        Id = operation.Id.RecordId,
        Run = operation.Run,
        Attempt = attempt,
        Traceparent = operation.Traceparent,
    };
}
