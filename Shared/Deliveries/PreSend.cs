using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>A reason not to send a due order now.</summary>
internal abstract record PreSend
{
    /// <summary>A shorter wait happens in the queue only; a longer one is journaled, because the sweep would otherwise treat it as a lost message.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(1);

    /// <summary>The same for a wait that an operator may look at: it follows the send that the operator asked for.</summary>
    private static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(2);

    private PreSend()
    {
    }

    /// <summary>A circuit breaker is open: the delivery is held and needs no message.</summary>
    /// <param name="Code">Why, as an error code; null: an operator paused the pipeline.</param>
    /// <param name="Message">The same in words.</param>
    public sealed record Hold(string? Code, string? Message) : PreSend;

    /// <summary>The order must wait. The wait does not count as an attempt.</summary>
    /// <param name="Until">When to ask again.</param>
    /// <param name="Reason">For an operator.</param>
    public sealed record Wait(DateTimeOffset Until, string Reason = Wait.Turn) : PreSend
    {
        public const string Turn = "waits for its turn: the destination takes orders at a limited rate";

        /// <summary>Only for a destination that is searched before a second send.</summary>
        public const string Search = "waits until a search in the destination can find the order of the last send";

        /// <summary>Until every instance knows the settings that were just published.</summary>
        public const string Publication = "waits until every instance knows the new settings of the pipeline";

        public bool IsShort(DateTimeOffset now) => Until - now <= (Reason == Search ? Unnoticed : Short);
    }

    /// <summary>It would be sent again although it may have arrived, and the settings do not allow that without an operator.</summary>
    /// <param name="Unknown">The claim of a send that the operation does not know: it is in doubt whatever the settings allow. Null: the settings decided.</param>
    public sealed record Doubt(Claim? Unknown = null) : PreSend;

    /// <summary>It has no phone: its personal data was removed while it waited, or the record was fetched again without one. There is nobody to sell.</summary>
    public sealed record NoData : PreSend;

    /// <summary>Another operation covers it.</summary>
    /// <param name="Code">The error code.</param>
    /// <param name="Owner">The other operation.</param>
    /// <param name="Reason">For an operator, with the remedy.</param>
    public sealed record Skip(string Code, OperationId Owner, string Reason) : PreSend;
}

/// <summary>Turns the reason not to send into the delivery's next state. Pure.</summary>
internal static class PreSendResults
{
    private const string NoDataDetail = "The order has no phone: the client's data was removed while it waited, or the record was fetched again without one. Fetch the record again, or discard it.";

    private const string DoubtDetail = "The order may have arrived, and the settings allow no automatic resend. Look for the order in the destination's cabinet: mark it delivered, or send it again.";

    private const string UnknownSendDetail = "An import brought the claim of a send that this record's row does not know, so the order may have arrived. Look for the order in the destination's cabinet: mark it delivered, or send it again.";

    public static Operation Apply(Operation operation, string destination, PreSend obstacle, DateTimeOffset now)
    {
        var delivery = operation.DeliveryTo(destination) ?? throw new InvalidOperationException($"{operation.Id} has no delivery to {destination}.");
        return obstacle switch
        {
            PreSend.Hold hold => operation
                .With(delivery with
                {
                    State = DeliveryState.Held,
                    NextTryAt = null,
                    Error = hold.Code is null ? null : new OperationError(hold.Code, hold.Message ?? "", destination),
                })
                .WithEvent(now, EventNames.Held, delivery, hold.Message),
            PreSend.Wait wait => Waiting(operation, delivery, wait, now),
            // With the claim's count, so that an operator's next send continues from the claim instead of meeting it again.
            PreSend.Doubt { Unknown: { } claim } =>
                DeliveryResults.Interrupted(operation, delivery with { Sends = claim.Sends, OrderId = delivery.OrderId ?? claim.OrderId }, UnknownSendDetail, now),
            PreSend.Doubt => DeliveryResults.Stop(operation, delivery with { ResendApproved = false }, DeliveryState.Uncertain, ErrorCodes.Uncertain, EventNames.Uncertain, DoubtDetail, now),
            PreSend.NoData => DeliveryResults.Stop(operation, delivery, DeliveryState.Failed, ErrorCodes.NoPhone, EventNames.Failed, NoDataDetail, now),
            PreSend.Skip skip => DeliveryResults.Stop(operation, delivery, DeliveryState.Skipped, skip.Code, EventNames.Skipped, skip.Reason, now),
            _ => throw new ArgumentOutOfRangeException(nameof(obstacle), obstacle.GetType().Name, "Not an obstacle."),
        };
    }

    /// <summary>
    /// Written to the story once, however often it waits. What waits for a search counts as tried, so that an operator may act on it meanwhile, and a
    /// half-open breaker probes with another operation.
    /// </summary>
    private static Operation Waiting(Operation operation, Delivery delivery, PreSend.Wait wait, DateTimeOffset now)
    {
        var state = wait.Reason == PreSend.Wait.Search && delivery.State == DeliveryState.Enriched ? DeliveryState.Waiting : delivery.State;
        var waiting = operation.With(delivery with { State = state, NextTryAt = wait.Until });
        var said = operation.Events.FindLast(e => e.Destination == delivery.Destination) is { Name: EventNames.Waiting } last && last.Detail == wait.Reason;
        return said ? waiting with { UpdatedAt = now } : waiting.WithEvent(now, EventNames.Waiting, delivery, wait.Reason);
    }
}
