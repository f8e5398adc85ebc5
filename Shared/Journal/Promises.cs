using UonOfferum.Shared.Messages;

namespace UonOfferum.Shared.Journal;

/// <summary>A message the journal promises: where it goes and when it shows.</summary>
/// <param name="Destination">Null: the enrichment.</param>
public sealed record Promise(string? Destination, StageMessage Message, DateTimeOffset? VisibleAt);

/// <summary>
/// What an operation's row promises to do next. Sent after the row is written, and again by whoever finds that it may have been
/// lost: a redelivered message, or the sweep.
/// </summary>
public static class Promises
{
    public static IEnumerable<Promise> Of(Operation operation)
    {
        if (operation.Enrichment == OperationState.Waiting)
        {
            yield return new Promise(null, Message(operation, operation.Attempt) with { Webhook = operation.Webhook }, operation.EnrichAt);
        }

        if (operation.Enrichment != OperationState.Enriched)
        {
            yield break;
        }

        foreach (var delivery in operation.Deliveries)
        {
            if (Of(operation, delivery) is { } promise)
            {
                yield return promise;
            }
        }
    }

    /// <summary>Null when the delivery waits for no message.</summary>
    public static Promise? Of(Operation operation, Delivery delivery)
    {
        var promised = delivery.State is OperationState.Enriched or OperationState.Waiting or OperationState.Sending
            || delivery is { State: OperationState.Uncertain, NextTryAt: not null };
        return promised ? new Promise(delivery.Destination, Message(operation, delivery.Attempt), delivery.NextTryAt) : null;
    }

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
