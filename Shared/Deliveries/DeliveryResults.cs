using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Turns a reply into the delivery's next state, by rules 6 to 9. Pure.</summary>
internal static class DeliveryResults
{
    /// <summary>How long to wait for an order that may still be in transit before sending the same order again.</summary>
    public static readonly TimeSpan BeforeResend = TimeSpan.FromSeconds(5);

    /// <param name="random">0 to 1, for the jitter.</param>
    public static Operation Apply(
        Operation operation, string destination, DeliveryPolicy policy, DeliveryReply reply, DateTimeOffset now, double random)
    {
        var delivery = operation.DeliveryTo(destination)
            ?? throw new InvalidOperationException($"{operation.Id} has no delivery to {destination}.");
        if (reply.Status is { } status)
        {
            operation = operation.WithEvent(now, EventNames.Sent, delivery, $"HTTP {status}");
        }

        if (policy.IsIdempotent)
        {
            reply = reply with { Outcome = reply.Outcome == DeliveryOutcome.Uncertain ? DeliveryOutcome.Transient : reply.Outcome, MayHaveArrived = false };
        }

        delivery = delivery with
        {
            ReplyStatus = reply.Status,
            ReplyBody = reply.Body,
            NextTryAt = null,
            Error = null,
            ResendApproved = delivery.ResendApproved && reply is { MayHaveArrived: false, Outcome: DeliveryOutcome.Transient or DeliveryOutcome.Misconfigured },
        };

        return reply.Outcome switch
        {
            DeliveryOutcome.Delivered => Delivered(operation, delivery, reply, now),
            DeliveryOutcome.Duplicate => Duplicate(operation, delivery, reply, now),
            DeliveryOutcome.Rejected => Stop(operation, delivery, DeliveryState.Rejected, ErrorCodes.Rejected(destination), EventNames.Rejected,
                $"{reply.Detail}. Correct the record and send it again, or discard it.", now),
            DeliveryOutcome.Misconfigured => Stop(operation, delivery, DeliveryState.Held, ErrorCodes.Denied(destination), EventNames.Held,
                $"{reply.Detail}. Correct the settings of this destination; held records then resume automatically.", now),
            DeliveryOutcome.Unconfirmed => Stop(operation, delivery, DeliveryState.Unconfirmed, ErrorCodes.Unconfirmed(destination),
                EventNames.Unconfirmed, $"{reply.Detail}. Look in the destination's cabinet: mark it delivered, or send it again.", now),
            DeliveryOutcome.Transient => Transient(operation, delivery, policy, reply, now, random),
            DeliveryOutcome.Uncertain => Uncertain(operation, delivery, policy, reply, now),
            _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.Outcome, "Not an outcome."),
        };
    }

    /// <summary>Records the reply to an order whose arrival was proved while it was in flight: the reply is kept, and the delivery stays sold.</summary>
    public static Operation KeepLate(Operation operation, string destination, DeliveryReply reply, DateTimeOffset now)
    {
        var sold = operation.DeliveryTo(destination)!;
        if (reply.Status is not { } status)
        {
            return operation;
        }

        return operation
            .With(sold with { OrderId = sold.OrderId ?? reply.OrderId, ReplyStatus = status, ReplyBody = reply.Body })
            .WithEvent(now, EventNames.Sent, sold, $"HTTP {status}, after the order was confirmed");
    }

    private static Operation Delivered(Operation operation, Delivery delivery, DeliveryReply reply, DateTimeOffset now)
    {
        var done = delivery with { State = DeliveryState.Delivered, OrderId = reply.OrderId ?? delivery.OrderId, MayHaveArrived = false };
        if (delivery.IsReport())
        {
            // An outcome that arrived in the meantime is reported next.
            var left = Reports.Left(delivery, reply.Reported);
            done = left.IsEmpty ? done with { Reports = left } : Reports.Reopen(done, left);
        }

        return operation.With(done).WithEvent(now, EventNames.Delivered, delivery, Describe(reply));
    }

    private static Operation Duplicate(Operation operation, Delivery delivery, DeliveryReply reply, DateTimeOffset now)
    {
        var state = delivery.MayHaveArrived ? DeliveryState.Delivered : DeliveryState.Duplicate;
        operation = operation
            .With(delivery with { State = state, OrderId = reply.OrderId ?? delivery.OrderId, MayHaveArrived = false })
            .WithEvent(now, EventNames.Duplicate, delivery, Describe(reply));
        return state == DeliveryState.Delivered
            ? operation.WithEvent(now, EventNames.Delivered, delivery, "the answer proves that the earlier send arrived")
            : operation;
    }

    private static Operation Transient(
        Operation operation, Delivery delivery, DeliveryPolicy policy, DeliveryReply reply, DateTimeOffset now, double random)
    {
        if (reply.MayHaveArrived)
        {
            if (policy.Uncertain == UncertainPolicy.Hold)
            {
                return Doubt(operation, delivery, reply, now);
            }

            delivery = delivery with { MayHaveArrived = true };
        }

        var next = reply.CountsAsTry
            ? RetryDelays.Next(policy.Retry, delivery.Tries, reply.RetryAfter, random)
            : RetryDelays.Next([TimeSpan.Zero], 0, reply.RetryAfter, random);
        if (next is not { } delay)
        {
            return delivery.MayHaveArrived
                ? Doubt(operation, delivery, reply, now)
                : Stop(operation, delivery, DeliveryState.Failed, ErrorCodes.Unavailable(delivery.Destination), EventNames.Failed,
                    $"{reply.Detail}. No retries are left. Send it again when the destination works.", now);
        }

        delay = reply.MayHaveArrived ? Longer(delay, policy.SearchAfter) : delay;
        return operation
            .With(delivery with
            {
                // Under hold only an operator's order sends again what may have arrived.
                State = delivery.MayHaveArrived && policy.Uncertain == UncertainPolicy.Resend ? DeliveryState.UncertainResending : DeliveryState.Waiting,
                Tries = delivery.Tries + (reply.CountsAsTry ? 1 : 0),
                Attempt = delivery.Attempt + 1,
                NextTryAt = now + delay,
                Error = new OperationError(ErrorCodes.Unavailable(delivery.Destination), $"{reply.Detail}.", delivery.Destination),
            })
            .WithEvent(now, EventNames.Retry, delivery, $"{reply.Detail}; next try at {now + delay:u}");
    }

    private static Operation Uncertain(Operation operation, Delivery delivery, DeliveryPolicy policy, DeliveryReply reply, DateTimeOffset now)
    {
        if (policy.Uncertain == UncertainPolicy.Hold || delivery.MayHaveArrived)
        {
            return Doubt(operation, delivery, reply, now);
        }

        var again = now + Longer(BeforeResend, policy.SearchAfter);
        return operation
            .With(delivery with
            {
                State = DeliveryState.UncertainResending,
                MayHaveArrived = true,
                Attempt = delivery.Attempt + 1,
                NextTryAt = again,
                Error = new OperationError(ErrorCodes.Uncertain, $"{reply.Detail}. It will be sent once more.", delivery.Destination),
            })
            .WithEvent(now, EventNames.Uncertain, delivery, $"{reply.Detail}; sent once more at {again:u}");
    }

    private static Operation Doubt(Operation operation, Delivery delivery, DeliveryReply reply, DateTimeOffset now) =>
        Stop(operation, delivery with { MayHaveArrived = true }, DeliveryState.Uncertain, ErrorCodes.Uncertain, EventNames.Uncertain,
            $"{reply.Detail}. Look for the order in the destination's cabinet: mark it delivered, or send it again.", now);

    /// <summary>Claimed, and without a result: it may have been sent.</summary>
    public static Operation Interrupted(Operation operation, Delivery delivery, string message, DateTimeOffset now) =>
        Stop(operation, delivery with { MayHaveArrived = true, ResendApproved = false }, DeliveryState.Uncertain, ErrorCodes.Uncertain, EventNames.Uncertain, message, now);

    /// <summary>Nothing is tried until an operator, the settings or another operation changes it.</summary>
    public static Operation Stop(
        Operation operation, Delivery delivery, DeliveryState state, string code, string eventName, string message, DateTimeOffset now) =>
        operation
            .With(delivery with { State = state, NextTryAt = null, Error = new OperationError(code, message, delivery.Destination) })
            .WithEvent(now, eventName, delivery, message);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static string? Describe(DeliveryReply reply) =>
        (reply.OrderId, reply.Detail) switch
        {
            ({ } id, { } detail) => $"order {id}; {detail}",
            ({ } id, null) => $"order {id}",
            (null, var detail) => detail,
        };
}
