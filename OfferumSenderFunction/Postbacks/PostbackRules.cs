using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OfferumSenderFunction.Postbacks;

/// <summary>What a postback makes of an operation. Postbacks repeat, come out of order, and may come before the answer to the order. Pure.</summary>
internal static class PostbackRules
{
    /// <summary>The operation with the postback; null when it brings nothing new.</summary>
    public static Operation? Apply(Operation operation, OfferumPostback postback, DateTimeOffset now)
    {
        var noted = Note(operation, postback, now);
        // One that was noted before its order was sent is a proof when it comes again.
        return Prove(noted ?? operation, postback, now) ?? noted;
    }

    /// <summary>Which of the operations with its subid a postback is of; null and the reason when that is none, or nobody can tell.</summary>
    /// <param name="named">At least one: of each pipeline that sends to the flow.</param>
    public static (JournalEntry? Entry, string Problem) Choose(IReadOnlyList<JournalEntry> named, OfferumPostback postback)
    {
        var fitting = named.Where(e => !Contradicts(OrderIdOf(e), postback.OrderId)).ToList();
        var exact = fitting.Where(e => OrderIdOf(e) is not null && postback.OrderId is not null).ToList();
        var sent = fitting.Where(e => DeliveryOf(e) is { Sends: > 0 }).ToList();
        var closest = exact.Count > 0 ? exact : sent.Count > 0 ? sent : fitting;
        return closest switch
        {
            [] => (null, "The journal has another order id for this subid."),
            [var one] => (one, ""),
            _ => (null, "Several pipelines of this flow have an order with this subid: put {pipeline} into Offerum:SubId."),
        };
    }

    private static bool Contradicts(string? known, string? told) =>
        known is not null && told is not null && !known.Equals(told, StringComparison.OrdinalIgnoreCase);

    private static string? OrderIdOf(JournalEntry entry) => DeliveryOf(entry)?.OrderId;

    private static Delivery? DeliveryOf(JournalEntry entry) => entry.Operation.DeliveryTo(OfferumDestination.DestinationName);

    private static Operation? Note(Operation operation, OfferumPostback postback, DateTimeOffset now)
    {
        var status = postback.Status ?? OfferumPostback.Waiting;
        var known = operation.Postback;
        var repeats = known is not null && known.Status == status && known.Payout == postback.Payout && known.Currency == postback.Currency;
        return repeats || (known is not null && status == OfferumPostback.Waiting)
            ? null
            : (operation with { Postback = new Postback(status, postback.Payout, postback.Currency, now) })
                .WithEvent(now, EventNames.Postback, postback.Payout is null ? status : $"{status}, {postback.Payout} {postback.Currency}".TrimEnd(), destination: OfferumDestination.DestinationName);
    }

    /// <summary>The network speaks of an order of ours that was sent, so it has it, whatever its POST said or will say; null when that is no news.</summary>
    private static Operation? Prove(Operation operation, OfferumPostback postback, DateTimeOffset now) =>
        operation.DeliveryTo(OfferumDestination.DestinationName) is { Sends: > 0 } delivery && !delivery.State.IsSold()
            ? operation
                .With(delivery with
                {
                    State = DeliveryState.Delivered,
                    OrderId = postback.OrderId ?? delivery.OrderId,
                    NextTryAt = null,
                    Error = null,
                    MayHaveArrived = false,
                })
                .WithEvent(now, EventNames.Delivered, delivery, "the postback proves that the order had arrived")
            : null;
}
