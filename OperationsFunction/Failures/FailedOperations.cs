using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Failures;

/// <summary>Operations whose stage crashed, according to the journal. Pure.</summary>
internal static class FailedOperations
{
    private const string Advice = "The function failed several times in a row; its log has the exception under this operation's id. Fix the cause and replay it.";

    private const string InterruptedDetail = "The process stopped, so it is unknown whether the order was sent. Look for it in the destination's cabinet: mark it delivered, or send it again.";

    public static Operation Crashed(Operation operation, DateTimeOffset now) =>
        (operation with
        {
            Enrichment = EnrichmentState.Failed,
            EnrichAt = null,
            EnrichError = new OperationError(ErrorCodes.Crashed, Advice, Stages.Enrich),
        }).WithEvent(now, EventNames.Failed, Advice);

    /// <summary>States in which a newer webhook would have started a new run (rule 3).</summary>
    public static bool BeginsAgain(Operation operation) =>
        operation.State is OperationState.Skipped or OperationState.Failed || operation.Enrichment is EnrichmentState.Waiting or EnrichmentState.Skipped;

    public static Operation Crashed(Operation operation, StageMessage message, DateTimeOffset now) =>
        Crashed(
            operation with
            {
                Run = message.Run,
                Attempt = message.Attempt,
                Webhook = WebhookMetadata.Join(operation.Webhook, message.Webhook),
                Traceparent = message.Traceparent ?? operation.Traceparent,
            },
            now);

    /// <summary>Crashed before it was sent. If an earlier order may have arrived, the delivery stays uncertain.</summary>
    public static Operation Crashed(Operation operation, Delivery delivery, DateTimeOffset now) => delivery.MayHaveArrived
        ? MarkUncertain(operation, delivery, now)
        : DeliveryResults.Stop(operation, delivery, DeliveryState.Failed, ErrorCodes.Crashed, EventNames.Failed, Advice, now);

    /// <summary>Claimed, possibly sent, and then crashed on every attempt: the outcome is unknown.</summary>
    public static Operation MarkUncertain(Operation operation, Delivery delivery, DateTimeOffset now) =>
        DeliveryResults.Interrupted(operation, delivery, InterruptedDetail, now);

    public static Operation Unknown(StageMessage message, DateTimeOffset now) => new Operation
    {
        Id = message.OperationId(),
        Run = message.Run,
        Attempt = message.Attempt,
        Enrichment = EnrichmentState.Failed,
        ReceivedAt = message.Webhook?.ReceivedAt ?? now,
        UpdatedAt = now,
        EnrichError = new OperationError(ErrorCodes.Crashed, Advice, Stages.Enrich),
        Webhook = message.Webhook,
        Traceparent = message.Traceparent,
    }.WithEvent(now, EventNames.Failed, Advice);
}
