using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Retries;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Turns a reply into the delivery's next state, by rules 6 to 9. Pure.</summary>
internal static class DeliveryResults
{
    /// <summary>Time given to an order that may still be on its way before the same order is sent once more.</summary>
    public static readonly TimeSpan BeforeResend = TimeSpan.FromSeconds(5);

    /// <param name="random">0 to 1, for the jitter.</param>
    public static Operation Apply(
        Operation operation, string destination, DeliveryPolicy policy, DeliveryReply reply, DateTimeOffset now, double random)
    {
        var delivery = operation.DeliveryTo(destination)
            ?? throw new InvalidOperationException($"{operation.Id} has no delivery to {destination}.");
        if (reply.Status is { } status)
        {
            operation = operation.Tell(now, EventNames.Sent, delivery, $"HTTP {status}");
        }

        delivery = delivery with { ReplyStatus = reply.Status, ReplyBody = reply.Body, NextTryAt = null, Error = null };
        return reply.Outcome switch
        {
            DeliveryOutcome.Delivered => Delivered(operation, delivery, reply, now),
            DeliveryOutcome.Duplicate => Duplicate(operation, delivery, reply, now),
            DeliveryOutcome.Rejected => Stop(operation, delivery, OperationState.Rejected, ErrorCodes.Rejected(destination), EventNames.Rejected,
                $"{reply.Detail}. Correct the record and send it again, or discard it.", now),
            DeliveryOutcome.Misconfigured => Stop(operation, delivery, OperationState.Held, ErrorCodes.Denied(destination), EventNames.Held,
                $"{reply.Detail}. Correct the settings of this destination; held records then go on by themselves.", now),
            DeliveryOutcome.Unconfirmed => Stop(operation, delivery, OperationState.Unconfirmed, ErrorCodes.Unconfirmed(destination),
                EventNames.Unconfirmed, $"{reply.Detail}. Look in the destination's cabinet: mark it delivered, or send it again.", now),
            DeliveryOutcome.Transient => Transient(operation, delivery, policy, reply, now, random),
            DeliveryOutcome.Uncertain => Uncertain(operation, delivery, policy, reply, now),
            _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.Outcome, "Not an outcome."),
        };
    }

    /// <summary>No message will move it: the failure function has to tell a person.</summary>
    public static bool NeedsPerson(Delivery delivery) =>
        delivery.State is OperationState.Failed or OperationState.Rejected or OperationState.Unconfirmed
        || delivery is { State: OperationState.Uncertain, NextTryAt: null };

    private static Operation Delivered(Operation operation, Delivery delivery, DeliveryReply reply, DateTimeOffset now) =>
        operation
            .With(delivery with { State = OperationState.Delivered, OrderId = reply.OrderId ?? delivery.OrderId, Doubtful = false })
            .Tell(now, EventNames.Delivered, delivery, Words(reply));

    private static Operation Duplicate(Operation operation, Delivery delivery, DeliveryReply reply, DateTimeOffset now)
    {
        var state = delivery.Doubtful ? OperationState.Delivered : OperationState.Duplicate;
        operation = operation
            .With(delivery with { State = state, OrderId = reply.OrderId ?? delivery.OrderId, Doubtful = false })
            .Tell(now, EventNames.Duplicate, delivery, Words(reply));
        return state == OperationState.Delivered
            ? operation.Tell(now, EventNames.Delivered, delivery, "the answer proves that the uncertain send had arrived")
            : operation;
    }

    private static Operation Transient(
        Operation operation, Delivery delivery, DeliveryPolicy policy, DeliveryReply reply, DateTimeOffset now, double random)
    {
        if (RetryDelays.Next(policy.Retry, delivery.Tries, reply.RetryAfter, random) is not { } delay)
        {
            return delivery.Doubtful
                ? Doubt(operation, delivery, reply, now)
                : Stop(operation, delivery, OperationState.Failed, ErrorCodes.Unavailable(delivery.Destination), EventNames.Failed,
                    $"{reply.Detail}. Every retry was used up. Send it again when the destination works.", now);
        }

        return operation
            .With(delivery with
            {
                State = delivery.Doubtful ? OperationState.Uncertain : OperationState.Waiting,
                Tries = delivery.Tries + 1,
                Attempt = delivery.Attempt + 1,
                NextTryAt = now + delay,
                Error = new OperationError(ErrorCodes.Unavailable(delivery.Destination), $"{reply.Detail}.", delivery.Destination),
            })
            .Tell(now, EventNames.Retry, delivery, $"{reply.Detail}; next try at {now + delay:u}");
    }

    private static Operation Uncertain(Operation operation, Delivery delivery, DeliveryPolicy policy, DeliveryReply reply, DateTimeOffset now)
    {
        if (policy.Uncertain == UncertainPolicy.Hold || delivery.Doubtful)
        {
            return Doubt(operation, delivery, reply, now);
        }

        return operation
            .With(delivery with
            {
                State = OperationState.Uncertain,
                Doubtful = true,
                Attempt = delivery.Attempt + 1,
                NextTryAt = now + BeforeResend,
                Error = new OperationError(ErrorCodes.Uncertain, $"{reply.Detail}. It will be sent once more.", delivery.Destination),
            })
            .Tell(now, EventNames.Uncertain, delivery, $"{reply.Detail}; sent once more at {now + BeforeResend:u}");
    }

    private static Operation Doubt(Operation operation, Delivery delivery, DeliveryReply reply, DateTimeOffset now) =>
        Stop(operation, delivery with { Doubtful = true }, OperationState.Uncertain, ErrorCodes.Uncertain, EventNames.Uncertain,
            $"{reply.Detail}. Look for the order in the destination's cabinet: mark it delivered, or send it again.", now);

    private static Operation Stop(
        Operation operation, Delivery delivery, OperationState state, string code, string eventName, string message, DateTimeOffset now) =>
        operation
            .With(delivery with { State = state, Error = new OperationError(code, message, delivery.Destination) })
            .Tell(now, eventName, delivery, message);

    private static string? Words(DeliveryReply reply) =>
        (reply.OrderId, reply.Detail) switch
        {
            ({ } id, { } detail) => $"order {id}; {detail}",
            ({ } id, null) => $"order {id}",
            (null, var detail) => detail,
        };
}
